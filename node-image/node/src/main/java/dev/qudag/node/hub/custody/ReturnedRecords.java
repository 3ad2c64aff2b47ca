package dev.qudag.node.hub.custody;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.objects.MissingObjects;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes back into the books what validators keep and this hub does not know: it lost its volume.
 * Only what the hub itself signed counts, so that none of them makes up a proposal or an end.
 */
public final class ReturnedRecords {
  private static final System.Logger LOG = System.getLogger(ReturnedRecords.class.getName());

  private final Genesis genesis;
  private final HubRepository repository;
  private final ProposalBook proposals;
  private final MissingObjects lost;

  public ReturnedRecords(
      Genesis genesis, HubRepository repository, ProposalBook proposals, MissingObjects lost) {
    this.genesis = genesis;
    this.repository = repository;
    this.proposals = proposals;
    this.lost = lost;
  }

  /** Whether this hub signed it. */
  public boolean isGenuine(SignedCustody one) {
    return one.isOf(genesis.chainId(), genesis.hub().signingKey());
  }

  /**
   * Takes what several validators gave back; how many proposals of it are in the books then and
   * have not ended. An end that one of them tells outweighs the proposal that another one holds.
   */
  public synchronized int take(Collection<SignedCustody> returned) {
    List<CustodyRecord> genuine =
        returned.stream().filter(this::isGenuine).map(SignedCustody::record).toList();
    of(CustodyRecord.Ended.class, genuine).forEach(this::take);
    return (int)
        of(CustodyRecord.Kept.class, genuine)
            .sorted(Comparator.comparingLong(CustodyRecord.Kept::acceptedAtMillis))
            .filter(this::take)
            .map(CustodyRecord::proposal)
            .distinct()
            .count();
  }

  private static <T extends CustodyRecord> Stream<T> of(
      Class<T> kind, List<CustodyRecord> records) {
    return records.stream().filter(kind::isInstance).map(kind::cast);
  }

  private void take(CustodyRecord.Ended ended) {
    proposals.takeBack(ended);
  }

  /** Whether it waits for the branch now. */
  private boolean take(CustodyRecord.Kept kept) {
    AuthorStatement statement = kept.author().statement();
    if (!proposals.isKnown(kept.proposal())) {
      try {
        lost.require(ObjectId.of(statement.commit()), List.of(repository.head()));
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} is not back, nobody who is there has its objects: {1}",
            kept.proposal(),
            e.getMessage());
        return false;
      }
      repository.keepProposal(statement);
      proposals.takeBack(kept);
    }
    return proposals
        .find(kept.proposal())
        .map(HubProposal::standing)
        .filter(standing -> !standing.isEnd())
        .isPresent();
  }
}
