package dev.qudag.operator.proposal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineOrderTest {
  private static final long HOUR = LineOrder.HEAD_START_MILLIS;

  @Test
  void aPointOfPriorityIsWorthAnHour() {
    assertThat(
            order(
                accepted("old", 0, 0),
                accepted("urgent", 2 * HOUR, 3),
                accepted("late", 4 * HOUR, 3)))
        .containsExactly("urgent", "old", "late");
  }

  @Test
  void whatAnUrgentOneDependsOnIsAsUrgent() {
    var base = accepted("base", 2 * HOUR, 0);
    var urgent = Entry.accepted("urgent", 3 * HOUR, 12, Set.of("base"));

    assertThat(order(accepted("old", HOUR, 0), base, urgent))
        .containsExactly("base", "urgent", "old");
  }

  @Test
  void aStackStandsInItsOrderWhateverItsAge() {
    var top = Entry.accepted("a", 0, 0, Set.of("b"));
    var middle = Entry.accepted("b", 5, 0, Set.of("c"));

    assertThat(order(top, middle, accepted("c", 9, 0))).containsExactly("c", "b", "a");
  }

  @Test
  void whatIsFrozenStandsBehindAllThatMayLand() {
    var frozen = accepted("frozen", 0, 1);
    var onFrozen = Entry.accepted("on-frozen", 0, 9, Set.of("frozen"));
    var free = accepted("free", 20 * HOUR, 2);

    assertThat(
            LineOrder.of(List.of(frozen, onFrozen, free), new QueueSettings(4, 1, 2)).stream()
                .map(Entry::name))
        .containsExactly("free", "frozen", "on-frozen");
  }

  @Test
  void aPriorityOutOfRangeIsRefused() {
    assertThatThrownBy(() -> accepted("a", 0, 25)).hasMessageContaining("0 to 24, not 25");
    assertThatThrownBy(() -> accepted("a", 0, -1)).hasMessageContaining("not -1");
  }

  /** The bound that keeps everyone from starving, for proposals that nothing depends on. */
  @Property
  void nobodyStandsBehindWhatCameLaterThanTheirPrioritiesDiffer(
      @ForAll("entries") @Size(min = 2, max = 30) List<Entry> entries) {
    var line = LineOrder.of(entries, QueueSettings.of(4));

    for (var i = 0; i < line.size(); i++) {
      for (var before : line.subList(0, i)) {
        var hours = before.priority() - line.get(i).priority();
        assertThat(before.acceptedAtMillis())
            .isLessThanOrEqualTo(line.get(i).acceptedAtMillis() + hours * HOUR);
      }
    }
    assertThat(line).containsExactlyInAnyOrderElementsOf(entries);
  }

  @Provide
  Arbitrary<List<Entry>> entries() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9_999),
            Arbitraries.longs().between(0, 48 * HOUR),
            Arbitraries.integers().between(0, LineOrder.MAX_PRIORITY))
        .as((name, at, priority) -> accepted("p" + name, at, priority))
        .list()
        .uniqueElements(Entry::name);
  }

  private static Entry accepted(String name, long at, int priority) {
    return Entry.accepted(name, at, priority, Set.of());
  }

  private static List<String> order(Entry... entries) {
    return LineOrder.of(List.of(entries), QueueSettings.of(4)).stream().map(Entry::name).toList();
  }
}
