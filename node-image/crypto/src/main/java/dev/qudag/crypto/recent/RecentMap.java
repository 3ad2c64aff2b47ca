package dev.qudag.crypto.recent;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that hold so many entries and no more. Not thread-safe. */
public final class RecentMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  private RecentMap(int most, boolean byUse) {
    super(16, 0.75f, byUse);
    this.most = most;
  }

  /** An empty map that drops what was asked for longest ago when it has more than {@code most}. */
  public static <K, V> Map<K, V> byUse(int most) {
    return new RecentMap<>(most, true);
  }

  /** An empty map that drops what was put in longest ago when it has more than {@code most}. */
  public static <K, V> Map<K, V> byAge(int most) {
    return new RecentMap<>(most, false);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
