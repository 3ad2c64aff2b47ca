package dev.qudag.operator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.operator.TestingOperator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * An operator that is killed at a crash point, and the one that is started in its place. Whoever
 * reaches the point goes no step further: it waits until the operator is stopped, and then ends by
 * an error that nobody catches or tells of.
 */
public final class MortalOperator implements CrashInjector, AutoCloseable {
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final CrashPoint end;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<TestingOperator> successor = new CompletableFuture<>();
  private volatile boolean over;

  private MortalOperator(CrashPoint end) {
    this.end = end;
  }

  /**
   * Starts the one that will die.
   *
   * @param start starts an operator with the given injector
   * @param lost what else goes with its process, as its connections
   */
  public static MortalOperator start(
      CrashPoint end, Function<CrashInjector, TestingOperator> start, Runnable lost) {
    var mortal = new MortalOperator(end);
    TestingOperator first = start.apply(mortal);
    Thread.ofVirtual().name("undertaker").start(() -> mortal.succeed(first, start, lost));
    return mortal;
  }

  private void succeed(
      TestingOperator first, Function<CrashInjector, TestingOperator> start, Runnable lost) {
    try {
      reached.await();
      lost.run();
      first.close();
      stopped.countDown();
      successor.complete(over ? first : start.apply(CrashInjector.NONE));
    } catch (InterruptedException | RuntimeException e) {
      successor.completeExceptionally(e);
    }
  }

  @Override
  public void reached(CrashPoint point) {
    if (point != end) {
      return;
    }
    reached.countDown();
    boolean waits = true;
    while (waits) {
      try {
        stopped.await();
        waits = false;
      } catch (InterruptedException e) {
        // the operator is being stopped: this thread dies when that is done
      }
    }
    Thread.currentThread().setUncaughtExceptionHandler((thread, killed) -> {});
    throw new Killed();
  }

  /** It died where it was meant to, and another took its place. */
  public void assertDied() {
    await("the operator dies at " + end)
        .atMost(Duration.ofSeconds(30))
        .until(() -> reached.getCount() == 0);
    assertThat(successor).succeedsWithin(Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    over = reached.getCount() > 0;
    reached.countDown();
    TestingOperator last = successor.join();
    if (!over) {
      last.close();
    }
  }
}
