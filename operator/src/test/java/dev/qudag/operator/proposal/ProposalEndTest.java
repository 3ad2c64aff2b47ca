package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.state.Effect;
import dev.qudag.operator.proposal.state.ProposalState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operator still does with proposals that have ended, of which there are more each day. */
class ProposalEndTest extends ProposalLine {
  @Test
  void whatHasLandedIsLookedAtOnceInAnHour() {
    demand("");
    announce(A, 1);
    settle(A);
    hub.land(A);
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("Merged");
    assertThat(effect(A)).isEqualTo(new Effect.LookAgain(NOW.plus(Duration.ofHours(1))));
  }

  /** The chain overrules it, if a decision on it was under way. */
  @Test
  void whatEndedOtherwiseIsLookedAtAsOftenAsAll() {
    hub.conflicts.put(A, "src/a.sh");
    announce(A, 1);
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("ConflictUnresolved");
    assertThat(effect(A)).isEqualTo(new Effect.None());
  }

  private Effect effect(String name) {
    var seen = observe(objects.get(name));
    return ProposalState.of(seen).next(seen).effect();
  }
}
