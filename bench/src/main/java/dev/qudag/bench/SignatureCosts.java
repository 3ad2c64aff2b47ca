package dev.qudag.bench;

import dev.qudag.crypto.SigningKey;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an ML-DSA-87 signature costs on this machine while all of its cores sign or verify, so that
 * a bound made of it holds for the machine as it is.
 *
 * @param signNanos one core's time for one signature
 * @param verifyNanos one core's time for one verification
 */
public record SignatureCosts(double signNanos, double verifyNanos) {
  private static final byte[] MESSAGE = new byte[120];

  private static final long SLICE_MILLIS = 500;

  /**
   * Measurements with the configured provider, taken in slices in between what they are compared
   * with.
   */
  public static final class Sum {
    private final SigningKey key = SigningKey.generate();
    private final FreshSignatures signatures = new FreshSignatures(key, MESSAGE);
    private double signNanos;
    private double verifyNanos;
    private int slices;

    /** Measures for a second. */
    public void measure() throws InterruptedException {
      signNanos += nanosEach(() -> key.sign(MESSAGE));
      verifyNanos +=
          nanosEach(() -> requireGood(key.verifyingKey().verify(MESSAGE, signatures.next())));
      slices++;
    }

    public SignatureCosts mean() {
      return new SignatureCosts(signNanos / slices, verifyNanos / slices);
    }
  }

  /** Measures for some seconds, after a warm-up. */
  public static SignatureCosts measure() throws InterruptedException {
    new Sum().measure();
    Sum sum = new Sum();
    for (int i = 0; i < 4; i++) {
      sum.measure();
    }
    return sum.mean();
  }

  /**
   * The least time in which all cores together do so much.
   *
   * @return milliseconds
   */
  public double millis(double signatures, double verifications) {
    double nanos = signatures * signNanos + verifications * verifyNanos;
    return nanos / Runtime.getRuntime().availableProcessors() / 1e6;
  }

  private static void requireGood(boolean good) {
    if (!good) {
      throw new IllegalStateException("a good signature was refused");
    }
  }

  private static double nanosEach(Runnable work) throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    LongAdder done = new LongAdder();
    long start = System.nanoTime();
    long end = start + SLICE_MILLIS * 1_000_000;
    Thread[] threads = new Thread[cores];
    for (int i = 0; i < cores; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (System.nanoTime() < end) {
                      work.run();
                      done.increment();
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return (double) (System.nanoTime() - start) * cores / done.sum();
  }
}
