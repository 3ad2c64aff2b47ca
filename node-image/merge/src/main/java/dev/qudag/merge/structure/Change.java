package dev.qudag.merge.structure;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The three-way merge of one value, of which a version that lacks it has none. */
final class Change {
  private Change() {}

  /** What a merge comes to. */
  sealed interface Merged<T> {
    /** At most one side changed it, or both to the same. */
    record To<T>(Optional<T> value) implements Merged<T> {}

    /** Both changed it, to different values: nobody knows which is meant. */
    record Unclear<T>() implements Merged<T> {}
  }

  /**
   * @param base null where the ancestor lacks it
   */
  static <T> Merged<T> merge(@Nullable T base, @Nullable T ours, @Nullable T theirs) {
    if (Objects.equals(ours, theirs) || Objects.equals(base, theirs)) {
      return new Merged.To<>(Optional.ofNullable(ours));
    }
    return Objects.equals(base, ours)
        ? new Merged.To<>(Optional.ofNullable(theirs))
        : new Merged.Unclear<>();
  }
}
