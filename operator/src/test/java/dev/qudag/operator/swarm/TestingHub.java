package dev.qudag.operator.swarm;

import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.node.UnaskedHub;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;

/** A hub that shows the seals that a test gives it, and remembers what was handed in. */
final class TestingHub implements UnaskedHub {
  final List<SetDecision> handedIn = new ArrayList<>();
  final List<AdoptDecision> adopted = new ArrayList<>();
  final List<PolicyDecision> policies = new ArrayList<>();
  final List<Seal> seals = new ArrayList<>();

  @Override
  public Genesis genesis() {
    return TestingSwarm.GENESIS;
  }

  @Override
  public Digest changePolicy(PolicyDecision decision) {
    policies.add(decision);
    return decision.digest();
  }

  @Override
  public Digest changeSet(SetDecision decision) {
    handedIn.add(decision);
    return decision.digest();
  }

  @Override
  public Seal seal(long epoch) {
    if (epoch >= seals.size()) {
      throw Status.FAILED_PRECONDITION
          .withDescription("NotSealed: epoch " + epoch)
          .asRuntimeException();
    }
    return seals.get((int) epoch);
  }

  @Override
  public Digest adoptUpstream(AdoptDecision decision) {
    adopted.add(decision);
    return decision.digest();
  }
}
