package dev.qudag.node.rehearse;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A role that plays on a thread of its own. */
final class Role implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  /** What a role does from its start to its end. */
  interface Part {
    void play() throws Exception;
  }

  private final FutureTask<Boolean> part;
  private final Thread thread;

  private Role(String name, Part part) {
    this.part =
        new Ending(
            () -> {
              try {
                part.play();
              } catch (InterruptedException told) {
                // By close(): the part has put its things away on the way here.
              }
              return true;
            },
            Thread.currentThread());
    this.thread = Thread.ofPlatform().name(name).daemon().start(this.part);
  }

  /** Who waits for what a part should do would wait in vain once it has failed. */
  private static final class Ending extends FutureTask<Boolean> {
    private final Thread waiting;

    Ending(Callable<Boolean> part, Thread waiting) {
      super(part);
      this.waiting = waiting;
    }

    /** Only now: whoever is waked finds the reason. */
    @Override
    protected void done() {
      if (state() == State.FAILED) {
        waiting.interrupt();
      }
    }
  }

  static Role start(String name, Part part) {
    return new Role(name, part);
  }

  /** Tells it to end, and waits for that, also when another role has failed. */
  @Override
  public void close() throws Exception {
    boolean waked = Thread.interrupted();
    thread.interrupt();
    try {
      part.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(thread.getName() + " failed", e.getCause());
    } finally {
      if (waked) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
