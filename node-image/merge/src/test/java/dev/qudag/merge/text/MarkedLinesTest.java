package dev.qudag.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedLinesTest {
  @Test
  void eachSideIsReadOut() {
    assertThat(
            MarkedLines.parse(
                List.of("1", "<<<<<<< x", "o", "=======", "t", "u", ">>>>>>> y", "2")))
        .hasValue(new MarkedLines(List.of("1", "o", "2"), List.of("1", "t", "u", "2")));
    assertThat(MarkedLines.parse(List.of("1")))
        .hasValue(new MarkedLines(List.of("1"), List.of("1")));
  }

  @Test
  void markersOutOfOrderAreRefused() {
    assertThat(MarkedLines.parse(List.of("=======", "a"))).isEmpty();
    assertThat(MarkedLines.parse(List.of("<<<<<<< x", "a"))).isEmpty();
    assertThat(MarkedLines.parse(List.of("<<<<<<< x", ">>>>>>> y"))).isEmpty();
    assertThat(MarkedLines.parse(List.of("<<<<<<< x", "||||||| z", "=======", ">>>>>>> y")))
        .isEmpty();
  }

  @Test
  void whatGitWritesAsAMarkerIsSeenInAFile() {
    for (var marker : List.of("<<<<<<< a", "=======", "||||||| a", ">>>>>>>", "<<<<<<<<< a")) {
      assertThat(MarkedLines.haveMarker(List.of("a", marker))).as(marker).isTrue();
    }
    assertThat(MarkedLines.haveMarker(List.of("==========", " =======", "<<<", "a <<<<<<< b")))
        .isFalse();
  }
}
