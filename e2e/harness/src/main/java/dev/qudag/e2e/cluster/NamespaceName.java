package dev.qudag.e2e.cluster;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Names of namespaces made from names of tests: a DNS label of at most 63 characters (RFC 1123).
 */
final class NamespaceName {

  /** Leaves room for the names of pods that hold a namespace's name. */
  private static final int LONGEST_TEST = 40;

  private NamespaceName() {}

  static String of(String test, RandomGenerator random) {
    String words =
        test.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    String shortened = words.substring(0, Math.min(words.length(), LONGEST_TEST));
    String label = shortened.replaceAll("^-+|-+$", "");
    return "t-" + label + "-" + String.format("%06x", random.nextInt(1 << 24));
  }
}
