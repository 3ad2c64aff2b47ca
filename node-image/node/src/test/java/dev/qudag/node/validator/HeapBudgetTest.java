package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.transport.Transport;
import org.junit.jupiter.api.Test;

class HeapBudgetTest {
  private static final long MEBIBYTE = 1024 * 1024;

  private static final int LARGEST_SET = 100;

  /** Of a heap of 192 MiB: a collector keeps one of its halves empty. */
  private static final long USUAL = 185 * MEBIBYTE;

  @Test
  void allBoundsTogetherFitIntoTheHeapWhateverItsSizeAndTheSet() {
    for (int validators = 1; validators <= LARGEST_SET; validators++) {
      for (long more = 0; more <= 4096; more += 1 + more / 2) {
        var budget = new HeapBudget(HeapBudget.least(validators) + more * MEBIBYTE, validators);
        assertThat(budget.sum()).as("%s", budget).isLessThanOrEqualTo(budget.heap());
      }
    }
  }

  @Test
  void aHeapThatIsAcceptedHasRoomForEveryPart() {
    for (int validators = 1; validators <= LARGEST_SET; validators++) {
      var budget = new HeapBudget(HeapBudget.least(validators), validators);
      assertThat(budget.outboxes()).isGreaterThanOrEqualTo(2L * Transport.MAX_REQUEST_BYTES);
      assertThat(budget.words().heldBytes()).isGreaterThanOrEqualTo(MEBIBYTE / 2);
      assertThat(budget.words().orphans()).isGreaterThanOrEqualTo(16);
      assertThat(budget.pool().decisions()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aHeapThatIsTooSmallIsRefusedWithWhatItWouldTake() {
    assertThatThrownBy(() -> new HeapBudget(96 * MEBIBYTE, 7))
        .hasMessage(
            "a heap of 96 MiB is too small for a set of 7 validators: expected 122 MiB at least;"
                + " give this one more memory");
  }

  @Test
  void theUsualHeapIsEnoughForThirteen() {
    assertThat(HeapBudget.least(13)).isLessThan(USUAL);
    var seven = new HeapBudget(USUAL, 7);
    assertThat(seven.pool().decisions()).isGreaterThan(200);
  }

  @Test
  void moreHeapThanIsOfUseChangesNothing() {
    assertThat(new HeapBudget(4096 * MEBIBYTE, 4).sum())
        .isEqualTo(new HeapBudget(8192 * MEBIBYTE, 4).sum());
  }
}
