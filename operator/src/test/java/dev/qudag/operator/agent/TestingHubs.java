package dev.qudag.operator.agent;

import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.HubChange;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingNodes;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.CloseResponse;
import dev.qudag.proto.DecideRequest;
import dev.qudag.proto.HubState;
import dev.qudag.proto.OrderRevertResponse;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** One hub that says what a test lets it say, and remembers which candidates it was to propose. */
final class TestingHubs implements Hubs, Hub {
  private final SwarmKey swarm;
  private final Genesis genesis;
  private final List<Consumer<HubChange>> listeners = new CopyOnWriteArrayList<>();
  private volatile HubState state = HubState.getDefaultInstance();
  final List<ProposeCandidateRequest> proposed = new CopyOnWriteArrayList<>();

  TestingHubs(SwarmKey swarm, Policy policy) {
    this.swarm = swarm;
    this.genesis = new TestingNodes().genesis(swarm, 1, policy);
  }

  void say(HubState said) {
    state = said;
    listeners.forEach(listener -> listener.accept(HubChange.ofConnection(swarm)));
  }

  /** The operator is gone, and with it whoever listened. */
  void disconnected() {
    listeners.clear();
  }

  @Override
  public Optional<Hub> hub(SwarmKey asked) {
    return asked.equals(swarm) ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<HubState> state(SwarmKey asked) {
    return asked.equals(swarm) ? Optional.of(state) : Optional.empty();
  }

  @Override
  public boolean isConnected(SwarmKey asked) {
    return asked.equals(swarm);
  }

  @Override
  public void onChange(Consumer<HubChange> listener) {
    listeners.add(listener);
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public ProposeCandidateResponse proposeCandidate(ProposeCandidateRequest request) {
    proposed.add(request);
    return ProposeCandidateResponse.getDefaultInstance();
  }

  @Override
  public Analysis analyze(String proposal, String base) {
    throw notOfAnAgent();
  }

  @Override
  public String issueTreeToken(String tree, String job) {
    throw notOfAnAgent();
  }

  @Override
  public Digest decide(DecideRequest request) {
    throw notOfAnAgent();
  }

  @Override
  public CloseResponse close(CloseRequest request) {
    throw notOfAnAgent();
  }

  @Override
  public OrderRevertResponse orderRevert(RevertOrder.Signed order) {
    throw notOfAnAgent();
  }

  @Override
  public Digest changePolicy(PolicyDecision decision) {
    throw notOfAnAgent();
  }

  @Override
  public Digest changeSet(SetDecision decision) {
    throw notOfAnAgent();
  }

  @Override
  public Seal seal(long epoch) {
    throw notOfAnAgent();
  }

  @Override
  public byte[] certificate(Digest decision) {
    throw notOfAnAgent();
  }

  private static UnsupportedOperationException notOfAnAgent() {
    return new UnsupportedOperationException("no agent's way leads here");
  }
}
