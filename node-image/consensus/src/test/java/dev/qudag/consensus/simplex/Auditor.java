package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Proposal;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Verifies by the definition and with no decision of the core: a core that takes a certificate for
 * good that is none must not talk its judge into it.
 */
final class Auditor {
  private final int members;
  private final BlockHeader genesis;

  Auditor(int members, BlockHeader genesis) {
    this.members = members;
    this.genesis = genesis;
  }

  /** Whether more than two thirds of the members signed the ballot, in this chain and epoch. */
  boolean verifies(Certificate certificate) {
    Ballot ballot = certificate.ballot();
    List<Integer> signers = certificate.signerIndices();
    boolean signed = signers.size() == certificate.signatures().size();
    for (int i = 0; signed && i < signers.size(); i++) {
      signed =
          signers.get(i) < members
              && certificate
                  .signatures()
                  .get(i)
                  .equals(TestingKeys.sign(signers.get(i), ballot.encode()));
    }
    return signed
        && isQuorum(new TreeSet<>(signers))
        && ballot.chainId().equals(genesis.chainId())
        && ballot.epoch() == genesis.epoch();
  }

  boolean isQuorum(Set<Integer> signers) {
    return 3 * signers.size() > 2 * members;
  }

  /** Whether the block is final: certified itself, or by a chain of headers from a descendant. */
  boolean verifies(Block block, Finality finality) {
    List<BlockHeader> headers = finality.headers();
    Ballot ballot = finality.certificate().ballot();
    boolean linked =
        ballot.kind() == BallotKind.FINALIZE
            && ballot.block().equals(headers.getFirst().digest())
            && ballot.view() == headers.getFirst().view()
            && headers.getLast().equals(block.header());
    for (int i = 1; linked && i < headers.size(); i++) {
      linked = follows(headers.get(i - 1), headers.get(i));
    }
    return linked && verifies(finality.certificate());
  }

  boolean follows(BlockHeader child, BlockHeader parent) {
    return child.parentDigest().equals(parent.digest())
        && child.height() == parent.height() + 1
        && child.view() > parent.view();
  }

  /** Whether the member whose turn it is signed the proposal. */
  boolean isLeaders(Proposal proposal) {
    Vote vote = proposal.vote();
    Ballot ballot = Ballot.notarize(proposal.block().header());
    return vote.signer() == proposal.view() % members
        && vote.ballot().equals(ballot)
        && vote.signature().equals(TestingKeys.sign(vote.signer(), ballot.encode()));
  }

  boolean belongTogether(Block block) {
    Digest digest = Digest.sha256(block.payload().toArray());
    return block.header().payloadDigest().equals(digest)
        && block.header().payloadCount() == TestingPayloads.numbers(block.payload()).size();
  }
}
