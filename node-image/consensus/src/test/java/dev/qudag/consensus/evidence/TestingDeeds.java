package dev.qudag.consensus.evidence;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.VertexHeader;
import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Whatever the validators of a chain may sign, with their real keys. */
final class TestingDeeds {
  private final TestingChain chain;
  private final long epoch;

  TestingDeeds(TestingChain chain, long epoch) {
    this.chain = chain;
    this.epoch = epoch;
  }

  /** One of a leader's blocks for a view. */
  BlockHeader header(long view, int variant) {
    return new BlockHeader(
        chain.genesis().chainId(),
        epoch,
        1,
        view,
        TestingChain.digest("parent"),
        TestingChain.digest("payload " + variant),
        1);
  }

  Ballot ballot(BallotKind kind, long view, int variant) {
    BlockHeader header = header(view, variant);
    return new Ballot(kind, header.chainId(), epoch, view, header.digest());
  }

  Ballot nullify(long view) {
    return new Ballot(BallotKind.NULLIFY, chain.genesis().chainId(), epoch, view, Digest.ZERO);
  }

  Vote sign(Ballot ballot, int signer) {
    return new Vote(ballot, signer, chain.validator(signer).sign(ballot.encode()));
  }

  Vote vote(BallotKind kind, long view, int variant, int signer) {
    return sign(ballot(kind, view, variant), signer);
  }

  Vote nullify(long view, int signer) {
    return sign(nullify(view), signer);
  }

  ConflictingProposal.Signed signed(long view, int variant, int signer) {
    return new ConflictingProposal.Signed(
        header(view, variant), vote(BallotKind.NOTARIZE, view, variant, signer));
  }

  ConflictingProposal.Signed proposed(long view, int variant) {
    return signed(view, variant, ValidatorSets.of(chain.genesis()).leader(view));
  }

  Certificate certificate(Ballot ballot, int... signers) {
    BitSet bits = new BitSet();
    List<Bytes> signatures = new ArrayList<>();
    for (int signer : signers) {
      bits.set(signer);
      signatures.add(sign(ballot, signer).signature());
    }
    return new Certificate(ballot, Bytes.of(bits.toByteArray()), signatures);
  }

  /** Two vertices of one author for one sequence number. */
  ConflictingVertices vertices(int author, long sequence) {
    Digest one = TestingChain.digest("body 1");
    Digest other = TestingChain.digest("body 2");
    boolean inOrder = one.compareTo(other) < 0;
    Digest first = inOrder ? one : other;
    Digest second = inOrder ? other : one;
    return new ConflictingVertices(
        new DagEquivocation(
            chain.genesis().chainId(),
            epoch,
            author,
            sequence,
            first,
            signVertex(author, sequence, first),
            second,
            signVertex(author, sequence, second)));
  }

  private Bytes signVertex(int author, long sequence, Digest body) {
    VertexHeader header =
        new VertexHeader(chain.genesis().chainId(), epoch, author, sequence, body);
    return chain.validator(author).sign(header.encode());
  }

  Offence offence(int signer, long view, Offence.Step step) {
    return new Offence(
        signer, chain.validator(signer).verifyingKey().fingerprint(), epoch, view, step);
  }
}
