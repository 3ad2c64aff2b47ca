package dev.qudag.transport;

import java.util.Locale;

/** Which end of a connection this process is. */
public enum LinkSide {
  CLIENT,
  SERVER;

  /** As the label of a metric: {@code client}, {@code server}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
