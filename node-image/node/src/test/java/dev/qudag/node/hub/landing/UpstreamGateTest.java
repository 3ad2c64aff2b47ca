package dev.qudag.node.hub.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.landing.UpstreamGate.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each answer of upstream means for a landing; ids are places on a line of commits. */
class UpstreamGateTest {
  private static final ObjectId BASE = id("a");
  private static final ObjectId COMMIT = id("b");
  private static final ObjectId LATER = id("c");
  private static final ObjectId ASIDE = id("d");
  private static final ObjectId FOREIGN = id("e");
  private static final List<List<ObjectId>> LINES =
      List.of(List.of(BASE, COMMIT, LATER), List.of(BASE, ASIDE));

  private static ObjectId id(String digit) {
    return ObjectId.of(digit.repeat(40));
  }

  private static boolean isAncestor(ObjectId ancestor, ObjectId descendant) {
    return ancestor.equals(descendant)
        || LINES.stream()
            .anyMatch(
                line ->
                    line.contains(ancestor) && line.indexOf(ancestor) < line.indexOf(descendant));
  }

  private static Passage judge(Upstream.Answer answer) {
    return UpstreamGate.judge(
        "refs/heads/main", BASE, COMMIT, answer, UpstreamGateTest::isAncestor);
  }

  private static String closed(Upstream.Answer answer) {
    assertThat(judge(answer)).isInstanceOf(Passage.Closed.class);
    return ((Passage.Closed) judge(answer)).why().reason();
  }

  @Test
  void whatUpstreamHoldsHasLanded() {
    assertThat(judge(new Upstream.Answer.At(COMMIT))).isEqualTo(new Passage.Open());
    assertThat(judge(new Upstream.Answer.At(LATER))).isEqualTo(new Passage.Open());
  }

  @Test
  void whatUpstreamWentPastDoesNotLand() {
    assertThat(judge(new Upstream.Answer.At(ASIDE))).isEqualTo(new Passage.Parted());
  }

  @Test
  void anythingElseIsTakenBackByNobody() {
    assertThat(closed(new Upstream.Answer.At(FOREIGN))).isEqualTo(Obstacle.REWRITTEN);
    assertThat(closed(new Upstream.Answer.Gone())).isEqualTo(Obstacle.REWRITTEN);
    assertThat(closed(new Upstream.Answer.At(BASE))).isEqualTo(Obstacle.UNREACHABLE);
    assertThat(closed(new Upstream.Answer.Refused("frozen"))).isEqualTo(Obstacle.REFUSED);
    assertThat(closed(new Upstream.Answer.Unfit("too large"))).isEqualTo(Obstacle.UNFIT);
    assertThat(closed(new Upstream.Answer.Unreachable("down"))).isEqualTo(Obstacle.UNREACHABLE);
  }
}
