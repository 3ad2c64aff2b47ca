package dev.qudag.merge.quality;

/** What became of a number of merges: {@code right + wrong} of {@code cases} got a result. */
record Tally(int cases, int right, int wrong) {
  private static final double CONFIDENCE = 0.95;
  private static final Tally NONE = new Tally(0, 0, 0);

  static Tally none() {
    return NONE;
  }

  Tally left() {
    return new Tally(cases + 1, right, wrong);
  }

  Tally merged(boolean accepted) {
    return new Tally(cases + 1, right + (accepted ? 1 : 0), wrong + (accepted ? 0 : 1));
  }

  Tally plus(Tally other) {
    return new Tally(cases + other.cases, right + other.right, wrong + other.wrong);
  }

  int results() {
    return right + wrong;
  }

  double resolvedPercent() {
    return percent(results(), cases);
  }

  double wrongPercent() {
    return percent(wrong, results());
  }

  /**
   * The share of wrong ones that, with 95 % confidence, the true one does not exceed: the upper end
   * of the one-sided interval of Clopper and Pearson (1934), in percent. 100 when nothing was
   * merged.
   */
  double wrongUpper95Percent() {
    double low = 0;
    double high = 1;
    for (var step = 0; step < 60; step++) {
      var middle = (low + high) / 2;
      if (atMostWrong(middle) > 1 - CONFIDENCE) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 100 * high;
  }

  /** How likely it is to see no more wrong ones than were seen, when each is wrong so likely. */
  private double atMostWrong(double share) {
    var term = Math.pow(1 - share, results());
    var sum = term;
    for (var k = 1; k <= wrong && share < 1; k++) {
      term *= share / (1 - share) * (results() - k + 1) / k;
      sum += term;
    }
    return wrong == results() ? 1 : sum;
  }

  private static double percent(int part, int whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
