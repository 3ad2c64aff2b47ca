package dev.qudag.consensus.simplex;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What is between the processes: it loses messages, brings them late, twice or in another order,
 * and falls into two parts.
 */
final class Network {
  private final Schedule schedule;
  private final Random random;
  private final Supplier<Faults> faults;
  private final boolean[] secondPart;

  /**
   * @param faults those in force now
   */
  Network(Schedule schedule, Random random, Supplier<Faults> faults, int processes) {
    this.schedule = schedule;
    this.random = random;
    this.faults = faults;
    this.secondPart = new boolean[processes];
  }

  /** Every process falls into one of two parts by lot; only the parts hear themselves. */
  void partition() {
    for (int i = 0; i < secondPart.length; i++) {
      secondPart[i] = random.nextBoolean();
    }
  }

  void unite() {
    Arrays.fill(secondPart, false);
  }

  boolean isCut(int one, int other) {
    return secondPart[one] != secondPart[other];
  }

  /** Has the arrival happen, once, twice or never. */
  void carry(int from, int to, Runnable arrival) {
    Faults now = faults.get();
    if (isCut(from, to) || random.nextDouble() < now.loss()) {
      return;
    }
    int copies = random.nextDouble() < now.duplicates() ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      schedule.after(1 + random.nextInt(now.delayMillis()), arrival);
    }
  }
}
