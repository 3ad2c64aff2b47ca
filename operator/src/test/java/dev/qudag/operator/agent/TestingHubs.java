package dev.qudag.operator.agent;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.HubChange;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingNodes;
import dev.qudag.operator.node.UnaskedHub;
import dev.qudag.proto.HubState;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** One hub that says what a test lets it say, and remembers which candidates it was to propose. */
final class TestingHubs implements Hubs, UnaskedHub {
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
}
