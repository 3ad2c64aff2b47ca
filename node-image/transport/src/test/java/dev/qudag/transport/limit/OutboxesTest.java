package dev.qudag.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxesTest {
  private static final int PEERS = 4;
  private static final int MOST_BYTES = 400;

  private final List<Integer> emptied = new ArrayList<>();
  private final Outboxes<Integer> all = new Outboxes<>(MOST_BYTES);
  private final List<Outbox<Integer>> boxes = new ArrayList<>();

  /** Also before each try of a property, which all have one instance. */
  @BeforeEach
  @BeforeTry
  void open() {
    emptied.clear();
    boxes.forEach(Outbox::clear);
    for (int peer = boxes.size(); peer < PEERS; peer++) {
      int number = peer;
      boxes.add(all.open(1000, () -> emptied.add(number)));
    }
  }

  @Test
  void whoeverHoldsTheMostGivesWayToAnother() {
    assertThat(boxes.get(0).offer(0, 350)).isTrue();
    assertThat(boxes.get(1).offer(1, 40)).isTrue();
    assertThat(boxes.get(2).offer(2, 40)).isTrue();
    assertThat(emptied).containsExactly(0);
    assertThat(boxes.get(0).isEmpty()).isTrue();
    assertThat(boxes.get(1).isEmpty()).isFalse();
    assertThat(all.bytes()).isEqualTo(80);
  }

  @Test
  void whoeverHoldsTheMostGetsNoMore() {
    assertThat(boxes.get(0).offer(0, 350)).isTrue();
    assertThat(boxes.get(1).offer(1, 40)).isTrue();
    assertThat(boxes.get(0).offer(0, 40)).isFalse();
    assertThat(emptied).isEmpty();
  }

  @Test
  void onePeerMayUseWhatTheOthersLeave() {
    assertThat(boxes.get(0).offer(0, MOST_BYTES)).isTrue();
  }

  /** One that reads nothing and is sent everything, and others that keep to their part. */
  @Property
  void nobodyLosesWhatIsWithinItsPartAndTheBudgetHolds(
      @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 100) Integer> sizes) {
    int turn = 0;
    long[] held = new long[PEERS];
    for (int size : sizes) {
      int peer = turn++ % PEERS;
      boolean isFlooded = peer == 0;
      if (isFlooded || held[peer] + size <= MOST_BYTES / PEERS) {
        boolean taken = boxes.get(peer).offer(peer, size);
        assertThat(taken || isFlooded).as("peer %d, %d bytes", peer, size).isTrue();
        held[peer] += size;
      }
      assertThat(all.bytes()).isLessThanOrEqualTo(MOST_BYTES);
    }
    assertThat(emptied).allMatch(peer -> peer == 0);
  }
}
