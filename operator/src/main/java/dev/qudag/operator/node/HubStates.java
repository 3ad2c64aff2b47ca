package dev.qudag.operator.node;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.crypto.Digest;
import dev.qudag.proto.HubState;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Follows the hub of every swarm that has a genesis: one stream each, on a virtual thread, opened
 * again whenever it breaks.
 */
public final class HubStates implements Hubs, AutoCloseable {
  private final PinnedChannels channels;
  private final Map<SwarmKey, HubFollower> followers = new ConcurrentHashMap<>();
  private final List<Consumer<HubChange>> listeners = new CopyOnWriteArrayList<>();

  public HubStates(PinnedChannels channels) {
    this.channels = channels;
  }

  /**
   * Follows the hub of a swarm from now on. Following it already is fine; a swarm of the same name
   * with another genesis takes the place of the old one.
   *
   * @param set the validators that decide now
   * @param wanted whether the swarm is still there, asked when the stream has broken
   */
  public void follow(SwarmKey swarm, Genesis genesis, SetInForce set, BooleanSupplier wanted) {
    HubFollower before = followers.get(swarm);
    HubFollower after =
        followers.compute(
            swarm,
            (key, follower) -> {
              if (follower != null && follower.follows(genesis)) {
                return follower;
              }
              if (follower != null) {
                end(key, follower);
              }
              return start(key, genesis, set, wanted);
            });
    SetInForce known = after.decidedBy(set);
    known.set().members().stream()
        .filter(member -> !set.set().members().contains(member))
        .forEach(left -> forget(swarm, left.name(), left.tlsFingerprint()));
    if (!known.equals(set) || before != after) {
      announce(HubChange.ofConnection(swarm));
    }
  }

  private HubFollower start(
      SwarmKey swarm, Genesis genesis, SetInForce set, BooleanSupplier wanted) {
    String host = swarm.host(genesis.hub().name());
    ManagedChannel channel = channels.to(host, Ports.GRPC, genesis.hub().tlsFingerprint());
    HubFollower follower = new HubFollower(swarm, genesis, set, channel, wanted, this::announce);
    follower.start("hub of " + swarm.name(), () -> remove(swarm, follower));
    return follower;
  }

  /** Nothing, when another has taken its place: that one may use the same channels. */
  private void remove(SwarmKey swarm, HubFollower ended) {
    followers.computeIfPresent(
        swarm,
        (key, follower) -> {
          if (follower != ended) {
            return follower;
          }
          end(key, ended);
          return null;
        });
  }

  /**
   * Nobody dials the nodes of the chain any more, neither its hub nor its validators, whether
   * genesis names them or a decision does.
   */
  private void end(SwarmKey swarm, HubFollower follower) {
    follower.stop();
    Genesis genesis = follower.hub().genesis();
    forget(swarm, genesis.hub().name(), genesis.hub().tlsFingerprint());
    follower
        .set()
        .set()
        .members()
        .forEach(member -> forget(swarm, member.name(), member.tlsFingerprint()));
  }

  private void forget(SwarmKey swarm, String node, Digest key) {
    channels.forget(swarm.host(node), Ports.GRPC, key);
  }

  private void announce(HubChange change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  @Override
  public Optional<Hub> hub(SwarmKey swarm) {
    return Optional.ofNullable(followers.get(swarm)).map(HubFollower::hub);
  }

  @Override
  public Optional<SetInForce> set(SwarmKey swarm) {
    return Optional.ofNullable(followers.get(swarm)).map(HubFollower::set);
  }

  @Override
  public Optional<HubState> state(SwarmKey swarm) {
    return Optional.ofNullable(followers.get(swarm)).flatMap(HubFollower::state);
  }

  @Override
  public boolean isConnected(SwarmKey swarm) {
    return Optional.ofNullable(followers.get(swarm)).filter(HubFollower::isConnected).isPresent();
  }

  @Override
  public void onChange(Consumer<HubChange> listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    followers.values().forEach(HubFollower::stop);
  }
}
