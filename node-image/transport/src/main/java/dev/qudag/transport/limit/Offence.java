package dev.qudag.transport.limit;

import java.util.Locale;

/** What a peer is banned for. */
public enum Offence {
  /** More messages, or more bytes, than its limits allow. */
  RATE,
  /** Messages that are not what they say. */
  MALFORMED,
  /** Signatures that do not verify. */
  FORGED;

  /** As the label of a metric: {@code rate}, {@code malformed}, {@code forged}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
