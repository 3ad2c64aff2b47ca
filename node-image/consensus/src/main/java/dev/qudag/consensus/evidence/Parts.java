package dev.qudag.consensus.evidence;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction.Convicted;
import dev.qudag.consensus.evidence.Conviction.Reason;
import dev.qudag.consensus.evidence.Conviction.Refused;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.List;
import java.util.Optional;

/** What the kinds of evidence ask of their parts. */
final class Parts {
  private Parts() {}

  /**
   * @throws IllegalArgumentException when two votes are not one member's in one view of one chain
   */
  static void requireOneSigner(Vote first, Vote second) {
    requireOneView(first.ballot(), second.ballot());
    if (first.signer() != second.signer()) {
      throw new IllegalArgumentException(
          "votes of members " + first.signer() + " and " + second.signer() + ", expected one");
    }
  }

  static void requireOneView(Ballot first, Ballot second) {
    boolean one =
        first.chainId().equals(second.chainId())
            && first.epoch() == second.epoch()
            && first.view() == second.view();
    if (!one) {
      throw new IllegalArgumentException(
          "ballots of "
              + first.epoch()
              + "/"
              + first.view()
              + " and "
              + second.epoch()
              + "/"
              + second.view()
              + ", or of two chains: expected one view");
    }
  }

  /** Why a ballot is not one of this chain and of the set's epoch. */
  static Optional<Refused> foreign(Ballot ballot, Digest chainId, MemberSet set) {
    return foreign(ballot.chainId(), ballot.epoch(), chainId, set);
  }

  /** Why what was signed for a chain and an epoch is not of this chain and of the set's epoch. */
  static Optional<Refused> foreign(Digest signedFor, long epoch, Digest chainId, MemberSet set) {
    if (!signedFor.equals(chainId)) {
      return Conviction.refuse(
          Reason.WRONG_CHAIN, "signed for chain " + signedFor + ", expected " + chainId);
    }
    return epoch == set.epoch()
        ? Optional.empty()
        : Conviction.refuse(
            Reason.WRONG_EPOCH, "signed for epoch " + epoch + ", the set is of " + set.epoch());
  }

  /** Convicts the signer of two votes that contradict each other, if it signed both. */
  static Conviction convict(
      Vote first, Vote second, Offence.Step step, Digest chainId, MemberSet set) {
    Optional<Refused> foreign = foreign(first.ballot(), chainId, set);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    Optional<Member> member = set.at(first.signer());
    if (member.isEmpty()) {
      return new Refused(Reason.UNKNOWN_SIGNER, "the set has no member " + first.signer());
    }
    for (Vote vote : List.of(first, second)) {
      if (!member.get().signingKey().verify(vote.ballot().encode(), vote.signature())) {
        return new Refused(Reason.BAD_SIGNATURE, "not signed by " + member.get().name());
      }
    }
    return new Convicted(List.of(offence(member.get(), first.ballot(), step)));
  }

  static Offence offence(Member member, Ballot ballot, Offence.Step step) {
    return new Offence(
        member.index(), member.signingKey().fingerprint(), ballot.epoch(), ballot.view(), step);
  }

  static Vote readVote(CanonicalReader in) {
    if (Message.ofBytes(in.byteArray()) instanceof Vote vote) {
      return vote;
    }
    throw new MalformedEncodingException("expected a vote, found another message");
  }
}
