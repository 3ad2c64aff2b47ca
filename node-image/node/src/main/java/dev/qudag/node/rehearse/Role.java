package dev.qudag.node.rehearse;

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
    Thread waiting = Thread.currentThread();
    this.part =
        new FutureTask<>(
            () -> {
              try {
                part.play();
              } catch (InterruptedException told) {
                // By close(): the part has put its things away on the way here.
              } catch (Exception failure) {
                // Whoever waits for what this role should do would wait in vain.
                waiting.interrupt();
                throw failure;
              }
              return true;
            });
    this.thread = Thread.ofPlatform().name(name).daemon().start(this.part);
  }

  static Role start(String name, Part part) {
    return new Role(name, part);
  }

  /** Tells it to end, and waits for that. */
  @Override
  public void close() throws Exception {
    thread.interrupt();
    try {
      part.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(thread.getName() + " failed", e.getCause());
    }
  }
}
