package dev.qudag.node.hub.book;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The hub's journal of proposals: {@code proposals/<name>.json}, each replaced whole and fsynced
 * before anybody hears of it. Everything accepted ends in {@link Standing.Landed} or {@link
 * Standing.Closed}, and stays; but for a revert that was closed, when its person asks anew.
 */
public final class ProposalBook {
  /**
   * Closed without being here: a person deleted the object of a proposal that the hub did not have,
   * or it ended before the hub lost its volume.
   *
   * @param askedAtMillis when that which ended was asked for, milliseconds since 1970; 0: unknown
   */
  public record Tombstone(
      String name, String workspaceUid, String reason, String message, long askedAtMillis) {}

  private final Shelf<HubProposal> proposals;
  private final Shelf<Tombstone> tombstones;
  private final InstantSource clock;
  private final Changes changes;

  /** By the name of a proposal, which follows from both. */
  private final Map<String, Origin> origins = new HashMap<>();

  private ProposalBook(
      Shelf<HubProposal> proposals,
      Shelf<Tombstone> tombstones,
      InstantSource clock,
      Changes changes) {
    this.proposals = proposals;
    this.tombstones = tombstones;
    this.clock = clock;
    this.changes = changes;
  }

  public static ProposalBook open(Path data, InstantSource clock, Changes changes)
      throws IOException {
    var book =
        new ProposalBook(
            Shelf.open(data.resolve("proposals"), HubProposal.class),
            Shelf.open(data.resolve("tombstones"), Tombstone.class),
            clock,
            changes);
    book.supersedeOlder();
    return book;
  }

  public synchronized Optional<HubProposal> find(String name) {
    return proposals.find(name);
  }

  /** In the order in which they were accepted. */
  public synchronized List<HubProposal> all() {
    return proposals.all().stream()
        .sorted(Comparator.comparingLong(HubProposal::sequence))
        .toList();
  }

  /** The newest proposal of each workspace, by its UID. */
  public synchronized Map<String, HubProposal> newest() {
    Map<String, HubProposal> newest = new HashMap<>();
    for (HubProposal proposal : all()) {
      origin(proposal).workspaceUid().ifPresent(uid -> newest.put(uid, proposal));
    }
    return newest;
  }

  /** Whether the proposal may come in: a withdrawn one stays withdrawn. */
  public synchronized boolean isWithdrawn(String name) {
    return tombstones.find(name).isPresent()
        || proposals
            .find(name)
            .filter(
                known ->
                    known.standing() instanceof Standing.Closed closed
                        && closed.reason().equals("Withdrawn"))
            .isPresent();
  }

  /** Takes a proposal, once: a second time it is the one that is here. */
  public synchronized HubProposal accept(HubProposal.Submission submission) {
    return accept(submission, Wishes.NONE);
  }

  /**
   * The same. One that stacks depends on the newest of its workspace that has not ended, and
   * supersedes none of those that it stands on.
   */
  public synchronized HubProposal accept(HubProposal.Submission submission, Wishes wishes) {
    String name = submission.statement().proposal();
    Optional<HubProposal> known = proposals.find(name);
    if (known.isPresent()) {
      return known.get();
    }
    List<String> below = wishes.stacks() ? top(submission.statement()) : List.of();
    HubProposal accepted = open(ProposalSource.Change.of(submission), below, wishes.priority());
    supersedeOlder();
    return accepted;
  }

  private List<String> top(AuthorStatement statement) {
    return stackOf(statement).stream().reduce((first, last) -> last).map(HubProposal::name).stream()
        .toList();
  }

  /** What a proposal of that workspace and branch may be stacked on, the oldest first. */
  public synchronized List<HubProposal> stackOf(AuthorStatement statement) {
    return all().stream()
        .filter(known -> !known.standing().isEnd())
        .filter(known -> known.workspaceUid().equals(Optional.of(statement.workspaceUid())))
        .filter(known -> known.source().branch().equals(statement.branch()))
        .toList();
  }

  /**
   * Takes a person's order to revert, once: a second time it is the one that is here. Signed again
   * after another revert it takes the place of the one that is here and not with the validators. By
   * an order that was asked for later, what has ended without landing is open again.
   */
  public synchronized HubProposal accept(RevertOrder.Signed signed) {
    var asked = ProposalSource.Revert.of(signed);
    HubProposal known = proposals.find(asked.proposal()).orElseGet(() -> open(asked, List.of(), 0));
    if (!(known.source() instanceof ProposalSource.Revert before)) {
      return known;
    }
    boolean isAnew = before.isAskedBefore(signed.order());
    return switch (known.standing()) {
      case Standing.Landed _, Standing.Deciding _ -> known;
      case Standing.Open _, Standing.Stale _ ->
          isAnew || before.isSignedBefore(signed.order()) ? replace(known, asked) : known;
      case Standing.Closed _ -> isAnew ? open(asked, List.of(), 0) : known;
    };
  }

  private HubProposal replace(HubProposal known, ProposalSource source) {
    HubProposal replaced = known.with(source);
    put(replaced);
    return replaced;
  }

  private HubProposal open(ProposalSource source, List<String> dependsOn, int priority) {
    HubProposal opened =
        HubProposal.open(source, dependsOn, priority, nextSequence(), clock.millis());
    put(opened);
    return opened;
  }

  private long nextSequence() {
    return proposals.all().stream().mapToLong(HubProposal::sequence).max().orElse(0) + 1;
  }

  /**
   * Of a workspace's pending proposals for one branch only the newest is meant, with those that it
   * stands on.
   */
  private void supersedeOlder() {
    List<HubProposal> all = all();
    for (HubProposal older : all) {
      if (older.standing().isPending()) {
        all.stream()
            .filter(newer -> newer.sequence() > older.sequence() && isOfSameWorkspace(newer, older))
            .filter(newer -> !standsOn(newer, older.name()))
            .reduce((first, last) -> last)
            .ifPresent(
                newer ->
                    put(
                        older.with(
                            new Standing.Closed(
                                "Superseded",
                                "the workspace proposed " + newer.name(),
                                Bytes.EMPTY))));
      }
    }
  }

  private boolean standsOn(HubProposal proposal, String name) {
    return proposal.dependsOn().stream()
        .anyMatch(
            below ->
                below.equals(name)
                    || proposals.find(below).filter(other -> standsOn(other, name)).isPresent());
  }

  private boolean isOfSameWorkspace(HubProposal one, HubProposal other) {
    return origin(one).isSameWorkspace(origin(other));
  }

  private Origin origin(HubProposal proposal) {
    return origins.computeIfAbsent(proposal.name(), _ -> Origin.of(proposal));
  }

  /** The proposal is with the validators from now on; false when it is at an end already. */
  public boolean decide(String name, Digest decision, ObjectId commit, ObjectId base) {
    return decide(List.of(name), decision, commit, base);
  }

  /**
   * The same of proposals that one decision lands; false when one of them is at an end already, and
   * then none is.
   *
   * @param commit where the branch would stand
   */
  public synchronized boolean decide(
      List<String> names, Digest decision, ObjectId commit, ObjectId base) {
    List<HubProposal> all = names.stream().map(name -> proposals.find(name).orElseThrow()).toList();
    if (all.stream().anyMatch(proposal -> proposal.standing().isEnd())) {
      return false;
    }
    var deciding = new Standing.Deciding(decision, commit, base, clock.millis());
    all.forEach(proposal -> put(proposal.with(deciding)));
    return true;
  }

  /**
   * The validators rejected a decision of several: each of them is decided by itself from now on,
   * so that only those end that are rejected alone.
   */
  public synchronized void part(String name, Digest decision) {
    Optional<HubProposal> proposal = proposals.find(name);
    if (proposal.isPresent()
        && proposal.get().standing() instanceof Standing.Deciding deciding
        && deciding.decision().equals(decision)) {
      put(proposal.get().apart(new Standing.Stale(deciding)));
    }
  }

  /**
   * The chain has it: whatever stood here before.
   *
   * @param was the commit that landed for it, and the one before that
   */
  public synchronized void land(
      String name, Standing.Deciding was, Digest certificate, long height, int approvals) {
    Optional<HubProposal> proposal = proposals.find(name);
    if (proposal.isPresent() && !(proposal.get().standing() instanceof Standing.Landed)) {
      var decided =
          proposal.get().standing() instanceof Standing.Deciding deciding
              ? was.since(deciding.decidedAtMillis())
              : was;
      put(
          proposal
              .get()
              .with(new Standing.Landed(decided, certificate, height, approvals, clock.millis())));
    }
  }

  /** What became of an attempt to close. */
  public enum Close {
    CLOSED,
    ALREADY_LANDED
  }

  /**
   * Ends a proposal; one that is unknown is kept out for ever. Closing twice keeps the first
   * reason.
   */
  public synchronized Close close(String name, String workspaceUid, Standing.Closed end) {
    Optional<HubProposal> proposal = proposals.find(name);
    if (proposal.isEmpty()) {
      bury(new Tombstone(name, workspaceUid, end.reason(), end.message(), 0));
      return Close.CLOSED;
    }
    return switch (proposal.get().standing()) {
      case Standing.Landed _ -> Close.ALREADY_LANDED;
      case Standing.Closed _ -> Close.CLOSED;
      case Standing.Open _, Standing.Deciding _, Standing.Stale _ -> {
        put(proposal.get().with(end));
        yield Close.CLOSED;
      }
    };
  }

  private void bury(Tombstone tombstone) {
    tombstones.put(tombstone.name(), tombstone);
    changes.signal();
  }

  /** Ends of proposals that are not here, by their names. */
  public synchronized List<Tombstone> tombstones() {
    return tombstones.all();
  }

  /** Whether the name is known at all, of a proposal or of its end. */
  public synchronized boolean isKnown(String name) {
    return proposals.find(name).isPresent() || tombstones.find(name).isPresent();
  }

  /**
   * Whether what was asked for under that name, then, has ended and is not here.
   *
   * @param askedAtMillis milliseconds since 1970
   */
  public synchronized boolean isBuried(String name, long askedAtMillis) {
    return tombstones.find(name).filter(end -> end.askedAtMillis() >= askedAtMillis).isPresent();
  }

  /**
   * @throws IllegalArgumentException unless a proposal may have that name
   */
  public static void requireName(String name) {
    if (!Shelf.isName(name)) {
      throw new IllegalArgumentException("no proposal has the name '" + Printable.of(name) + "'");
    }
  }

  /**
   * Takes back a proposal that this hub accepted on a volume that it lost; one that is known stays
   * as it is. Its place among those of its workspace is that of its acceptance.
   */
  public synchronized void takeBack(CustodyRecord.Kept kept) {
    if (isKnown(kept.proposal())) {
      return;
    }
    var source =
        ProposalSource.Change.of(
            new HubProposal.Submission(
                kept.author().statement(), kept.author().signature(), kept.grant()));
    put(
        new HubProposal(
            kept.proposal(),
            sequenceOf(kept),
            kept.acceptedAtMillis(),
            source,
            new Standing.Open(),
            kept.dependsOn(),
            kept.priority(),
            false));
    supersedeOlder();
  }

  private long sequenceOf(CustodyRecord.Kept kept) {
    var origin = new Origin(Optional.of(kept.workspaceUid()), kept.author().statement().branch());
    return proposals.all().stream()
        .filter(known -> known.acceptedAtMillis() > kept.acceptedAtMillis())
        .filter(known -> !(known.standing() instanceof Standing.Landed))
        .filter(known -> origin.isSameWorkspace(origin(known)))
        .mapToLong(newer -> newer.sequence() - 1)
        .min()
        .orElseGet(this::nextSequence);
  }

  /**
   * Takes back that a proposal has ended. Of a revert, an order that was asked for later is another
   * matter.
   */
  public synchronized void takeBack(CustodyRecord.Ended ended) {
    Optional<HubProposal> known = proposals.find(ended.proposal());
    if (known.isEmpty()) {
      bury(
          new Tombstone(
              ended.proposal(),
              ended.workspaceUid(),
              ended.reason(),
              ended.message(),
              ended.askedAtMillis()));
    } else if (!known.get().standing().isEnd() && isMeant(ended, known.get().source())) {
      put(known.get().with(new Standing.Closed(ended.reason(), ended.message(), Bytes.EMPTY)));
    }
  }

  private static boolean isMeant(CustodyRecord.Ended ended, ProposalSource source) {
    return switch (source) {
      case ProposalSource.Change _ -> true;
      case ProposalSource.Revert revert -> revert.askedAtMillis() <= ended.askedAtMillis();
    };
  }

  /** Gives up the decisions that can no longer land. */
  public synchronized void markStale(Predicate<Standing.Deciding> canLand) {
    for (HubProposal proposal : proposals.all()) {
      if (proposal.standing() instanceof Standing.Deciding deciding && !canLand.test(deciding)) {
        put(proposal.with(new Standing.Stale(deciding)));
      }
    }
  }

  private void put(HubProposal proposal) {
    proposals.put(proposal.name(), proposal);
    changes.signal();
  }
}
