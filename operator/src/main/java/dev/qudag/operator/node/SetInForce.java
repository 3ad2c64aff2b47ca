package dev.qudag.operator.node;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The validators that decide in a swarm.
 *
 * @param joined of each that ever did, by name: the first epoch that it was in
 * @param convicted those who were removed by evidence, oldest first
 */
public record SetInForce(MemberSet set, Map<String, Long> joined, List<Conviction> convicted) {
  /**
   * A validator that evidence removed.
   *
   * @param evidence digest of the evidence that convicts it
   * @param epoch the last one that it was in
   */
  public record Conviction(int index, Digest evidence, long epoch) {}

  public SetInForce {
    joined = Map.copyOf(joined);
    convicted = List.copyOf(convicted);
  }

  /** The set that genesis names. */
  public static SetInForce of(Genesis genesis) {
    return new SetInForce(
        genesis.set(),
        genesis.members().stream()
            .map(Member::name)
            .collect(Collectors.toMap(Function.identity(), name -> genesis.epoch())),
        List.of());
  }

  public Optional<Member> member(String name) {
    return set.members().stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /** Whether the validator of an index was in the set and is not any more, for good. */
  public boolean hasLeft(int index) {
    return index < set.nextIndex() && set.withIndex(index).isEmpty();
  }

  public Optional<Conviction> conviction(int index) {
    return convicted.stream().filter(one -> one.index() == index).findFirst();
  }

  /** Indices of the members, rising. */
  public List<Integer> indices() {
    return set.members().stream().map(Member::index).toList();
  }

  /**
   * Indices of those who have to join for the set to have so many members. No validator had them
   * before.
   */
  public List<Integer> newcomers(int wanted) {
    int missing = Math.max(0, wanted - set.members().size());
    return IntStream.range(set.nextIndex(), set.nextIndex() + missing).boxed().toList();
  }
}
