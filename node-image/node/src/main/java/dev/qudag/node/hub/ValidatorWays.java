package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.node.hub.restore.Validator;
import io.grpc.ManagedChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ways from the hub to the validators that it talks to, opened and closed as these change. */
final class ValidatorWays implements AutoCloseable {
  private final Function<Member, ManagedChannel> connect;
  private final Map<Member, Validator> ways = new LinkedHashMap<>();

  /**
   * @param connect opens a channel to a member, which is closed here
   */
  ValidatorWays(Function<Member, ManagedChannel> connect) {
    this.connect = connect;
  }

  /** From now on to these and no others; what leads to one that stays remains open. */
  synchronized List<Validator> to(List<Member> members) {
    for (Validator way : open()) {
      if (!members.contains(way.member())) {
        ways.remove(way.member());
        way.channel().shutdownNow();
      }
    }
    for (Member member : members) {
      ways.computeIfAbsent(member, joined -> new Validator(joined, connect.apply(joined)));
    }
    return open();
  }

  /** Those that are open. */
  synchronized List<Validator> open() {
    return List.copyOf(ways.values());
  }

  @Override
  public synchronized void close() {
    ways.values().forEach(way -> way.channel().shutdownNow());
  }
}
