package dev.qudag.crypto.recent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentMapTest {
  @Test
  void byAgeTheOldestGoes() {
    Map<String, Integer> map = RecentMap.byAge(2);
    map.put("a", 1);
    map.put("b", 2);
    assertThat(map.get("a")).isEqualTo(1);
    map.put("c", 3);
    assertThat(map).containsOnlyKeys("b", "c");
  }

  @Test
  void byUseWhatWasAskedForLongestAgoGoes() {
    Map<String, Integer> map = RecentMap.byUse(2);
    map.put("a", 1);
    map.put("b", 2);
    assertThat(map.get("a")).isEqualTo(1);
    map.put("c", 3);
    assertThat(map).containsOnlyKeys("a", "c");
  }
}
