package dev.qudag.consensus.snowball.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.Digest;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the honest members accepted. Whoever accepts, accepts once, accepts what was proposed and
 * what everybody else accepts, and prefers it from then on.
 */
final class Acceptances {
  private final List<Digest> proposed;
  private final Map<Integer, Effect.Accepted> byMember = new TreeMap<>();

  Acceptances(List<Digest> proposed) {
    this.proposed = proposed;
  }

  void onAccepted(int member, Effect.Accepted found) {
    assertThat(proposed).as("what %d accepts was proposed", member).contains(found.choice());
    assertThat(byMember.put(member, found)).as("%d accepts once", member).isNull();
    assertThat(found.choice()).as("what %d accepts is what others do", member).isEqualTo(choice());
  }

  void afterEvent(int member, Digest preference) {
    Effect.Accepted own = byMember.get(member);
    if (own != null) {
      assertThat(preference).as("%d keeps to what it accepted", member).isEqualTo(own.choice());
    }
  }

  int count() {
    return byMember.size();
  }

  Digest choice() {
    return byMember.values().iterator().next().choice();
  }

  /** The polls that each acceptance took. */
  IntSummaryStatistics polls() {
    return byMember.values().stream().mapToInt(Effect.Accepted::polls).summaryStatistics();
  }

  /** The bound of the acceptance that took most polls. */
  double weakestLog2Bound() {
    return byMember.values().stream().mapToDouble(Effect.Accepted::log2Bound).max().orElseThrow();
  }
}
