package dev.qudag.node.validator.key;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.VerifyingKey;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * How often validators change their keys. Pure.
 *
 * <p>Each change ends an epoch, and needs nobody's word but the old key's: whoever lies could end
 * one epoch after the other. So nobody changes its key twice before as many epochs have ended as
 * there are others; then f liars end f of them and wait for the rest.
 */
public final class RotationRules {
  private RotationRules() {}

  /**
   * Why a validator is not given another key now; empty when it may be.
   *
   * @param set in force
   * @param index of the validator; for one that is not in the set nothing is refused here
   * @param sets those of the epochs before, by their number
   */
  public static Optional<String> refusal(
      MemberSet set, int index, LongFunction<Optional<MemberSet>> sets) {
    Optional<VerifyingKey> key = set.withIndex(index).map(Member::signingKey);
    int others = set.members().size() - 1;
    boolean lately =
        LongStream.range(Math.max(0, set.epoch() - others), set.epoch())
            .mapToObj(sets)
            .flatMap(Optional::stream)
            .flatMap(before -> before.withIndex(index).stream())
            .anyMatch(member -> key.filter(now -> !now.equals(member.signingKey())).isPresent());
    return lately
        ? Optional.of(
            "RotatedLately: validator %d has another key since less than %d epochs"
                .formatted(index, others))
        : Optional.empty();
  }
}
