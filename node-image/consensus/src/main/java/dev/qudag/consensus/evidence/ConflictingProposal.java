package dev.qudag.consensus.evidence;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction.Reason;
import dev.qudag.consensus.evidence.Conviction.Refused;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.Optional;

/**
 * A leader's two proposals for one view. A proposal's signature is the leader's notarize vote, so
 * this is the same offence as its {@link DuplicateVote}, and shows the blocks beside.
 *
 * @param first the block of the smaller digest
 */
public record ConflictingProposal(Signed first, Signed second) implements Evidence {
  static final String TAG = "qudag.dev/v1/evidence-conflicting-proposal";

  /** A block's header with its leader's vote for it. */
  public record Signed(BlockHeader header, Vote vote) {
    public Signed {
      if (!notarizes(vote, header)) {
        throw new IllegalArgumentException("the vote is not one that notarizes the block");
      }
    }

    /** What a proposal's leader signed; empty when its vote is for something else. */
    public static Optional<Signed> of(Proposal proposal) {
      BlockHeader header = proposal.block().header();
      return notarizes(proposal.vote(), header)
          ? Optional.of(new Signed(header, proposal.vote()))
          : Optional.empty();
    }

    private static boolean notarizes(Vote vote, BlockHeader header) {
      Ballot ballot = vote.ballot();
      return ballot.kind() == BallotKind.NOTARIZE
          && ballot.chainId().equals(header.chainId())
          && ballot.epoch() == header.epoch()
          && ballot.view() == header.view()
          && ballot.block().equals(header.digest());
    }

    private void writeTo(CanonicalWriter out) {
      out.bytes(header.encode()).bytes(vote.toBytes());
    }

    private static Signed readFrom(CanonicalReader in) {
      return new Signed(BlockHeader.decode(in.byteArray()), Parts.readVote(in));
    }
  }

  public ConflictingProposal {
    Parts.requireOneSigner(first.vote(), second.vote());
    if (first.header().digest().compareTo(second.header().digest()) >= 0) {
      throw new IllegalArgumentException("two blocks by rising digest are expected");
    }
  }

  /**
   * Out of two proposals, in whichever order they were found.
   *
   * @throws IllegalArgumentException when both can be honest
   */
  public static ConflictingProposal of(Signed one, Signed other) {
    return one.header().digest().compareTo(other.header().digest()) <= 0
        ? new ConflictingProposal(one, other)
        : new ConflictingProposal(other, one);
  }

  @Override
  public long epoch() {
    return first.header().epoch();
  }

  @Override
  public Conviction verify(Digest chainId, MemberSet set) {
    long view = first.header().view();
    int leader = ValidatorSets.of(set).leader(view);
    boolean led = first.vote().signer() == leader || set.at(first.vote().signer()).isEmpty();
    if (!led) {
      return new Refused(
          Reason.NOT_THE_LEADER,
          "member "
              + first.vote().signer()
              + " does not lead view "
              + view
              + ", "
              + leader
              + " does");
    }
    return Parts.convict(first.vote(), second.vote(), Offence.Step.NOTARIZE, chainId, set);
  }

  @Override
  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    first.writeTo(out);
    second.writeTo(out);
    return out.toByteArray();
  }

  static ConflictingProposal decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new ConflictingProposal(Signed.readFrom(in), Signed.readFrom(in)));
  }
}
