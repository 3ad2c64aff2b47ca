package dev.qudag.operator.proposal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.queue.Window.Outcome;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

  @Test
  void startsAtFourOrAtTheMost() {
    assertThat(Window.after(List.of(), 16)).isEqualTo(4);
    assertThat(Window.after(List.of(), 2)).isEqualTo(2);
  }

  @Test
  void growsByOneAndHalves() {
    assertThat(Window.after(List.of(Outcome.LANDED, Outcome.LANDED), 16)).isEqualTo(6);
    assertThat(Window.after(List.of(Outcome.LANDED, Outcome.LANDED, Outcome.FAILED), 16))
        .isEqualTo(3);
  }

  @Test
  void staysBetweenOneAndTheMost() {
    assertThat(Window.after(Collections.nCopies(40, Outcome.LANDED), 9)).isEqualTo(9);
    assertThat(Window.after(Collections.nCopies(40, Outcome.FAILED), 9)).isEqualTo(1);
  }

  @Test
  void forgetsWhatWasLongAgo() {
    var ends = new java.util.ArrayList<>(Collections.nCopies(30, Outcome.FAILED));
    ends.addAll(Collections.nCopies(Window.MEMORY, Outcome.LANDED));

    assertThat(Window.after(ends, 100)).isEqualTo(Window.START + Window.MEMORY);
  }
}
