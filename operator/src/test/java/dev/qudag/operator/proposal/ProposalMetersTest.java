package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.check.CheckRun;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProposalMetersTest extends ProposalLine {

  @Test
  void aLandingIsCountedOnceWithItsWait() {
    demand("");
    announce(A, 1);
    settle(A);
    hub.land(A);
    settle(A);

    var wait = registry.get(ProposalMeters.WAIT).timer();
    assertThat(wait.count()).isEqualTo(1);
    assertThat(wait.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(8);
  }

  @Test
  void anEvictionIsCountedByItsReason() {
    hub.conflicts.put(A, "src/a.sh");
    announce(A, 1);
    settle(A);

    assertThat(
            registry
                .get(ProposalMeters.EVICTIONS)
                .tag("reason", "ConflictUnresolved")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void whatIsBuiltAnewBecauseTheOneBeforeItFailedIsRetested() {
    announce(A, 1);
    announce(B, 2);
    settle(A);
    settle(B);
    assertThat(registry.find(ProposalMeters.RETESTS).counters()).isEmpty();
    runs.put(job(A), new CheckRun.Failed(1, ENDING));
    settle(A);
    settle(B);

    assertThat(retests(ProposalMeters.Cause.LineChanged)).isEqualTo(1);
    assertThat(registry.find(ProposalMeters.RETESTS).counters()).hasSize(1);
  }

  private double retests(ProposalMeters.Cause cause) {
    return registry.get(ProposalMeters.RETESTS).tag("cause", cause.name()).counter().count();
  }
}
