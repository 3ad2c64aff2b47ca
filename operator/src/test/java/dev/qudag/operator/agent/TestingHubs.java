package dev.qudag.operator.agent;

import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.HubChange;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.proto.HubState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** One hub that says what a test lets it say. */
final class TestingHubs implements Hubs {
  private final SwarmKey swarm;
  private final List<Consumer<HubChange>> listeners = new CopyOnWriteArrayList<>();
  private volatile HubState state = HubState.getDefaultInstance();

  TestingHubs(SwarmKey swarm) {
    this.swarm = swarm;
  }

  void say(HubState said) {
    state = said;
    listeners.forEach(listener -> listener.accept(HubChange.ofConnection(swarm)));
  }

  @Override
  public Optional<Hub> hub(SwarmKey asked) {
    return Optional.empty();
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
}
