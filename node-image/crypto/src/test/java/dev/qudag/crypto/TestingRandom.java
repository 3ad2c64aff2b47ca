package dev.qudag.crypto;

import java.security.SecureRandom;

/** Gives the same bytes over and over, and so makes a vector of what is otherwise drawn. */
final class TestingRandom extends SecureRandom {
  private final transient byte[] cycle;
  private int next;

  private TestingRandom(byte[] cycle) {
    this.cycle = cycle;
  }

  static SecureRandom cycling(byte... cycle) {
    return new TestingRandom(cycle.clone());
  }

  /** With it, hedged signing is the deterministic variant of FIPS 204. */
  static SecureRandom zeros() {
    return cycling((byte) 0);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = cycle[next];
      next = (next + 1) % cycle.length;
    }
  }
}
