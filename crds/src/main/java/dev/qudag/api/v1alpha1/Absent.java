package dev.qudag.api.v1alpha1;

import java.util.List;
import java.util.Map;

/** Turns what was not said into what it means: an empty list or map. */
final class Absent {
  private Absent() {}

  static <T> List<T> orEmpty(List<T> said) {
    return said == null ? List.of() : List.copyOf(said);
  }

  static <V> Map<String, V> orEmpty(Map<String, V> said) {
    return said == null ? Map.of() : Map.copyOf(said);
  }
}
