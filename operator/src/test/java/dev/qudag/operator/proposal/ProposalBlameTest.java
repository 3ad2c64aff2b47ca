package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.state.QueueControls;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a failure is said to be due to, by what landed and what passed before. */
class ProposalBlameTest extends ProposalLine {
  private static final String FIRST = "mp-00000000000000000001";

  @Test
  void twoThatFailOnlyTogetherAreNamed() {
    land(FIRST);
    passesAndWaits(A);
    land(B);
    failsOnTheHead(A);

    assertThat(ready(A).message())
        .contains("it passed before %s landed".formatted(B), "only together they fail");
  }

  @Test
  void whatFailsWhereTheBaseHadPassedIsItsOwn() {
    land(FIRST);
    announce(A, 9);
    settle(A);
    failsOnTheHead(A);

    assertThat(ready(A).message()).contains("without this change it passes");
  }

  /** Nothing was ever checked there. */
  @Test
  void onTheFirstCommitNobodyIsBlamed() {
    announce(A, 1);
    settle(A);
    failsOnTheHead(A);

    assertThat(ready(A).message()).doesNotContain("without this change", "together");
  }

  /** The base of the earlier pass was never checked itself. */
  @Test
  void nobodyIsBlamedForWhatWasNotRun() {
    passesAndWaits(A);
    land(B);
    failsOnTheHead(A);

    assertThat(ready(A).message()).doesNotContain("together");
  }

  /** In a freeze, as nothing urgent does. */
  private void passesAndWaits(String name) {
    swarm.getMetadata().setAnnotations(Map.of(QueueControls.FREEZE, "5"));
    announce(name, 5);
    settle(name);
    runs.put(job(name), new CheckRun.Passed(ENDING));
    settle(name);
    assertThat(ready(name).reason()).isEqualTo("Frozen");
  }

  private void land(String name) {
    announce(name, 7);
    objects.get(name).getMetadata().setAnnotations(Map.of(QueueControls.PRIORITY, "5"));
    settle(name);
    runs.put(job(name), new CheckRun.Passed(ENDING));
    settle(name);
    hub.land(name);
    settle(name);
    assertThat(ready(name).reason()).isEqualTo("Merged");
  }

  private void failsOnTheHead(String name) {
    settle(name);
    runs.put(job(name), new CheckRun.Failed(1, ENDING));
    settle(name);
    assertThat(ready(name).reason()).isEqualTo("CheckFailed");
  }
}
