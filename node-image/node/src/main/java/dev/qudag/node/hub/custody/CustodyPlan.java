package dev.qudag.node.hub.custody;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Digest;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook.Tombstone;
import dev.qudag.node.hub.book.ProposalSource;
import dev.qudag.node.hub.book.Standing;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What validators are to keep, of all that the hub's book says: every proposal of a workspace that
 * has not ended, and the ends of the last ones that did. What landed is the chain's, and a revert
 * that has not ended its MergeProposal's. Pure; remembers what it has encoded.
 */
final class CustodyPlan {
  /** The newest ends that are to be kept, and as many of proposals that the hub does not have. */
  static final int MOST_ENDS = 1000;

  private final Digest chainId;
  private Map<String, Made> made = Map.of();

  /** A record that is to be kept. */
  record Item(CustodyRecord record, Digest digest) {
    static Item of(CustodyRecord record) {
      return new Item(record, record.digest());
    }
  }

  /**
   * @param of the book's entry, which is another one when it has changed
   */
  private record Made(Object of, Optional<Item> item) {}

  CustodyPlan(Digest chainId) {
    this.chainId = chainId;
  }

  /**
   * What is to be kept, by the names of the proposals.
   *
   * @param proposals in the order in which they were accepted
   * @param ending proposals that are about to end: the book says so once validators hold it
   */
  Map<String, Item> of(
      List<HubProposal> proposals,
      Collection<Tombstone> tombstones,
      Collection<CustodyRecord.Ended> ending) {
    Map<String, Made> next = new HashMap<>();
    Map<String, Item> wanted = new LinkedHashMap<>();
    Deque<HubProposal> closed = new ArrayDeque<>();
    for (HubProposal proposal : proposals) {
      switch (proposal.standing()) {
        case Standing.Open _, Standing.Deciding _, Standing.Stale _ ->
            put(wanted, next, proposal.name(), proposal, this::kept);
        case Standing.Closed _ -> {
          closed.addLast(proposal);
          if (closed.size() > MOST_ENDS) {
            closed.removeFirst();
          }
        }
        case Standing.Landed _ -> {}
      }
    }
    closed.forEach(one -> put(wanted, next, one.name(), one, this::ended));
    Set<String> here = proposals.stream().map(HubProposal::name).collect(Collectors.toSet());
    tombstones.stream()
        .filter(one -> !here.contains(one.name()))
        .limit(MOST_ENDS)
        .forEach(one -> put(wanted, next, one.name(), one, this::ended));
    ending.forEach(end -> wanted.put(end.proposal(), Item.of(end)));
    made = next;
    return wanted;
  }

  private interface Maker<T> {
    Optional<CustodyRecord> make(T of);
  }

  private <T> void put(
      Map<String, Item> wanted, Map<String, Made> next, String name, T of, Maker<T> maker) {
    Made before = made.get(name);
    Made now =
        before != null && before.of() == of ? before : new Made(of, maker.make(of).map(Item::of));
    next.put(name, now);
    now.item().ifPresent(item -> wanted.put(name, item));
  }

  private Optional<CustodyRecord> kept(HubProposal proposal) {
    return switch (proposal.source()) {
      case ProposalSource.Change change -> kept(proposal, change);
      case ProposalSource.Revert _ -> Optional.empty();
    };
  }

  private Optional<CustodyRecord> kept(HubProposal proposal, ProposalSource.Change change) {
    AuthorStatement statement = change.author();
    return statement.chainId().equals(chainId)
        ? Optional.of(
            new CustodyRecord.Kept(
                change.signedStatement(),
                change.signedGrant(),
                proposal.dependsOn(),
                proposal.priority(),
                proposal.acceptedAtMillis()))
        : Optional.empty();
  }

  private Optional<CustodyRecord> ended(HubProposal proposal) {
    return proposal.standing() instanceof Standing.Closed closed
        ? Optional.of(ended(proposal, closed))
        : Optional.empty();
  }

  CustodyRecord.Ended ended(HubProposal proposal, Standing.Closed end) {
    return ended(
        proposal.name(),
        proposal.workspaceUid().orElse(""),
        end.reason(),
        end.message(),
        proposal.source().askedAtMillis());
  }

  private Optional<CustodyRecord> ended(Tombstone end) {
    return Optional.of(
        ended(end.name(), end.workspaceUid(), end.reason(), end.message(), end.askedAtMillis()));
  }

  CustodyRecord.Ended ended(
      String name, String workspaceUid, String reason, String message, long askedAtMillis) {
    return new CustodyRecord.Ended(
        chainId,
        name,
        Line.of(workspaceUid, Line.MAX_UID),
        Line.of(reason, CustodyRecord.MAX_REASON),
        Line.of(message, CustodyRecord.MAX_END_MESSAGE),
        askedAtMillis);
  }
}
