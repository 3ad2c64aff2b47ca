package dev.qudag.node.workspace.origin;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Kills a process that is still there after its time, whoever is waiting for its output. */
final class Watchdog implements AutoCloseable {

  private final Process process;
  private final Duration limit;
  private final CountDownLatch closed = new CountDownLatch(1);

  Watchdog(Process process, Duration limit) {
    this.process = process;
    this.limit = limit;
  }

  void start() {
    Thread.ofVirtual().name("watchdog").start(this::watch);
  }

  private void watch() {
    try {
      if (!closed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
