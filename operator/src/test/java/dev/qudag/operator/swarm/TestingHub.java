package dev.qudag.operator.swarm;

import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.node.Hub;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.CloseResponse;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.OrderRevertResponse;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;

/** A hub that shows the seals that a test gives it, and remembers what was handed in. */
final class TestingHub implements Hub {
  final List<SetDecision> handedIn = new ArrayList<>();
  final List<AdoptDecision> adopted = new ArrayList<>();
  final List<Seal> seals = new ArrayList<>();

  @Override
  public Genesis genesis() {
    return TestingSwarm.GENESIS;
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
  public Analysis analyze(String proposal, String base) {
    throw notOfASet();
  }

  @Override
  public String issueTreeToken(String tree, String job) {
    throw notOfASet();
  }

  @Override
  public Digest decide(DecideRequest request) {
    throw notOfASet();
  }

  @Override
  public CloseResponse close(CloseRequest request) {
    throw notOfASet();
  }

  @Override
  public ProposeCandidateResponse proposeCandidate(ProposeCandidateRequest request) {
    throw notOfASet();
  }

  @Override
  public OrderRevertResponse orderRevert(RevertOrder.Signed order) {
    throw notOfASet();
  }

  @Override
  public Digest changePolicy(PolicyDecision decision) {
    throw notOfASet();
  }

  @Override
  public Digest adoptUpstream(AdoptDecision decision) {
    adopted.add(decision);
    return decision.digest();
  }

  @Override
  public byte[] certificate(Digest decision) {
    throw notOfASet();
  }

  private static UnsupportedOperationException notOfASet() {
    return new UnsupportedOperationException("no change of a set needs this");
  }
}
