package dev.qudag.operator.node;

import dev.qudag.proto.HubState;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The hubs of all swarms that the operator watches. A swarm is known from the moment its reconciler
 * has seen its genesis: after a restart of the operator that takes a pass, and the swarm's first
 * state is announced like every other.
 */
public interface Hubs {
  /** The hub of a swarm that has a genesis. */
  Optional<Hub> hub(SwarmKey swarm);

  /** The validators that decide in a swarm that has a genesis. */
  default Optional<SetInForce> set(SwarmKey swarm) {
    return hub(swarm).map(Hub::genesis).map(SetInForce::of);
  }

  /** The last state that the hub told. It stays while the hub cannot be reached. */
  Optional<HubState> state(SwarmKey swarm);

  /** Whether the hub tells its state at this moment. */
  boolean isConnected(SwarmKey swarm);

  /**
   * Is called, from any thread, when a swarm's state or connection changed. Must not block and must
   * not throw.
   */
  void onChange(Consumer<HubChange> listener);
}
