package dev.qudag.operator.children;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps for what is only remembered to save work: bounded, safe for threads. */
public final class RecentMap {
  private RecentMap() {}

  /** An empty map that drops what was used longest ago when it has more than {@code most} keys. */
  public static <K, V> Map<K, V> ofAtMost(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        });
  }
}
