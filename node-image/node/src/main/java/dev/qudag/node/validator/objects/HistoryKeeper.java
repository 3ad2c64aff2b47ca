package dev.qudag.node.validator.objects;

import dev.qudag.merge.ObjectId;
import dev.qudag.node.objects.MissingObjects;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a validator holds the objects of all that landed, also of what landed while it
 * was away: f + 1 validators must be able to rebuild a hub. It asks again until somebody brings
 * them, and never holds the caller up.
 */
public final class HistoryKeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HistoryKeeper.class.getName());

  /**
   * A commit that landed.
   *
   * @param haves what it landed on, if there was something
   */
  public record Landed(ObjectId commit, List<ObjectId> haves) {}

  private final MissingObjects objects;
  private final Duration pause;
  private final Deque<Landed> missing = new ArrayDeque<>();
  private final Thread worker = Thread.ofVirtual().name("keep-history").unstarted(this::work);
  private boolean closed;

  /**
   * @param pause before somebody is asked again
   */
  public HistoryKeeper(MissingObjects objects, Duration pause) {
    this.objects = objects;
    this.pause = pause;
  }

  public void start() {
    worker.start();
  }

  /** Takes what landed, the oldest first. */
  public synchronized void keep(List<Landed> landed) {
    missing.addAll(landed);
    notifyAll();
  }

  private void work() {
    try {
      for (Landed next = next(); next != null; next = next()) {
        if (bring(next)) {
          done();
        } else {
          pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean bring(Landed landed) {
    try {
      objects.require(landed.commit(), landed.haves());
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.INFO, "what landed is not all here: {0}", e.getMessage());
      return false;
    }
  }

  private synchronized @Nullable Landed next() throws InterruptedException {
    while (missing.isEmpty() && !closed) {
      wait();
    }
    return closed ? null : missing.peek();
  }

  private synchronized void done() {
    missing.remove();
  }

  private synchronized void pause() throws InterruptedException {
    long deadline = System.nanoTime() + pause.toNanos();
    for (long left = pause.toMillis();
        left > 0 && !closed;
        left = (deadline - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
  }

  /** Returns when a fetch under way has ended: the repository is somebody else's after that. */
  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    worker.join();
  }
}
