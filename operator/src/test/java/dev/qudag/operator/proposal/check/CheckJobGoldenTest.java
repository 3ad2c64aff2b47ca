package dev.qudag.operator.proposal.check;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.golden.GoldenDirectory;
import dev.qudag.operator.policy.ChainPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckJobGoldenTest {
  private static final CheckJob.Source SOURCE =
      new CheckJob.Source("localhost/qudag/node:dev", "s-hub:7444", "ab".repeat(32), "token");

  static List<GoldenDirectory> cases() {
    return GoldenDirectory.of("check").toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesExactlyThisJob(GoldenDirectory golden) {
    Swarm swarm = golden.in("swarm", Swarm.class);
    var check = swarm.getSpec().policy().checks().getFirst();
    var key = new CheckKey("1".repeat(40), ChainPolicy.of(check));
    var job = new CheckJob(swarm, key, Optional.ofNullable(check.resources()), SOURCE, Tries.FIRST);
    golden.check(List.of(job.desired()));
  }
}
