package dev.qudag.node.hub.custody;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.custody.CustodyPlan.Item;
import dev.qudag.node.main.CrashPoint;
import io.grpc.Status;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What validators keep for this hub, and who waits for it. Nothing is answered before validators
 * hold it of whom one is honest, whatever the faulty ones acknowledge.
 */
public final class Custody {
  /** How long an agent's call waits; then it is asked to try again. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a call of the operator waits, which gives up soon itself. */
  public static final Duration OPERATORS_PATIENCE = Duration.ofSeconds(3);

  private static final int TRY_AGAIN_SECONDS = 5;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final ProposalBook proposals;
  private final Supplier<MemberSet> set;
  private final SigningKey key;
  private final Changes changes;
  private final Changes acknowledged = new Changes();
  private final CustodyPlan plan;
  private final Holders holders = new Holders();
  private final Map<Digest, SignedCustody> signed = new HashMap<>();
  private final Map<Member, String> hindrances = new HashMap<>();
  private final Map<String, CustodyRecord.Ended> ending = new LinkedHashMap<>();
  private final Histogram waits =
      Histogram.builder()
          .name("qudag_hub_custody_wait_seconds")
          .help("How long an answer waited until f + 1 validators held the proposal or its end.")
          .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
          .build();

  private Map<String, Item> wanted = Map.of();
  private long wantedOf = -1;

  /**
   * @param set of the epoch that the chain is in
   * @param key of the hub
   * @param changes of the book
   */
  public Custody(
      Digest chainId,
      ProposalBook proposals,
      Supplier<MemberSet> set,
      SigningKey key,
      Changes changes) {
    this.proposals = proposals;
    this.set = set;
    this.key = key;
    this.changes = changes;
    this.plan = new CustodyPlan(chainId);
  }

  // ---- what is to be kept

  private synchronized Map<String, Item> wanted() {
    long now = changes.count();
    if (now != wantedOf) {
      ending.keySet().removeIf(this::hasEnded);
      wanted = plan.of(proposals.all(), proposals.tombstones(), ending.values());
      wantedOf = now;
      var digests = wanted.values().stream().map(Item::digest).collect(Collectors.toSet());
      holders.retain(digests);
      signed.keySet().retainAll(digests);
    }
    return wanted;
  }

  private boolean hasEnded(String proposal) {
    return proposals.find(proposal).filter(known -> known.standing().isEnd()).isPresent();
  }

  /** What a validator is still to be given, in the order of acceptance; ends last. */
  synchronized List<Item> lackedBy(Member member) {
    return wanted().values().stream().filter(item -> !holders.has(member, item.digest())).toList();
  }

  synchronized SignedCustody signed(Item item) {
    return signed.computeIfAbsent(item.digest(), _ -> item.record().sign(key));
  }

  /** Whether a validator that holds this tells the hub something that it does not know. */
  synchronized boolean isNews(String proposal, Digest held) {
    Item own = wanted().get(proposal);
    if (own != null) {
      return !own.digest().equals(held) && own.record() instanceof CustodyRecord.Kept;
    }
    return !proposals.isKnown(proposal)
        || proposals.find(proposal).filter(known -> !known.standing().isEnd()).isPresent();
  }

  /** Whether nobody need keep anything of that name, since the hub knows what became of it. */
  synchronized boolean isSuperfluous(String proposal) {
    return !wanted().containsKey(proposal) && proposals.isKnown(proposal);
  }

  // ---- who has it

  /** A validator says that it holds these, and no others. */
  void holds(Member member, Collection<Digest> records) {
    synchronized (this) {
      holders.holds(member, records);
      hindrances.remove(member);
    }
    acknowledged.signal();
  }

  void holdsAlso(Member member, Digest record) {
    synchronized (this) {
      holders.holdsAlso(member, record);
      hindrances.remove(member);
    }
    acknowledged.signal();
  }

  /** Why a validator does not hold what it should, for people. */
  synchronized void hindered(Member member, String why) {
    hindrances.put(member, why);
  }

  synchronized void left(Member member) {
    holders.left(member);
    hindrances.remove(member);
  }

  /** How many validators of the set lack something. */
  public synchronized long behind() {
    return set.get().members().stream().filter(member -> !lackedBy(member).isEmpty()).count();
  }

  public Histogram waits() {
    return waits;
  }

  // ---- who waits for it

  /**
   * Returns when everything of the workspace is safe: its new proposal, and the ends of those whose
   * place that takes.
   *
   * @throws io.grpc.StatusRuntimeException UNAVAILABLE, when it is not in time
   */
  public void awaitAll(String workspaceUid, Duration patience) {
    await(record -> record.workspaceUid().equals(workspaceUid), patience);
  }

  /**
   * Ends a proposal once validators hold that it has ended. That the hub dies in between ends it as
   * well: they tell.
   *
   * @throws io.grpc.StatusRuntimeException UNAVAILABLE, when they do not in time
   */
  public ProposalBook.Close end(String proposal, String workspaceUid, Standing.Closed end) {
    ProposalBook.requireName(proposal);
    if (!hasEnded(proposal)) {
      begin(proposal, workspaceUid, end);
    }
    await(record -> record.proposal().equals(proposal), OPERATORS_PATIENCE);
    CrashPoint.reached("hub-before-end-journal");
    return proposals.close(proposal, workspaceUid, end);
  }

  private void begin(String proposal, String workspaceUid, Standing.Closed end) {
    synchronized (this) {
      Optional<HubProposal> known = proposals.find(proposal);
      if (known.isEmpty() && proposals.isKnown(proposal)) {
        return; // It has ended without being here.
      }
      if (ending.size() >= CustodyPlan.MOST_ENDS) {
        throw Status.RESOURCE_EXHAUSTED
            .withDescription(ending.size() + " proposals are about to end: try again")
            .asRuntimeException();
      }
      ending.computeIfAbsent(
          proposal,
          _ ->
              known
                  .map(open -> plan.ended(open, end))
                  .orElseGet(
                      () -> plan.ended(proposal, workspaceUid, end.reason(), end.message(), 0)));
    }
    changes.signal();
  }

  private void await(Predicate<CustodyRecord> which, Duration patience) {
    long begin = System.nanoTime();
    try {
      for (long seen = acknowledged.count(); ; ) {
        Optional<Item> unsafe = unsafe(which);
        if (unsafe.isEmpty()) {
          waits.observe((System.nanoTime() - begin) / 1e9);
          return;
        }
        Duration left = patience.minusNanos(System.nanoTime() - begin);
        if (!left.isPositive()) {
          throw Status.UNAVAILABLE.withDescription(lacking(unsafe.get())).asRuntimeException();
        }
        seen =
            acknowledged.awaitOtherThan(seen, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.UNAVAILABLE.withDescription("the hub ends").asRuntimeException();
    }
  }

  private synchronized Optional<Item> unsafe(Predicate<CustodyRecord> which) {
    MemberSet now = set.get();
    return wanted().values().stream()
        .filter(item -> which.test(item.record()))
        .filter(item -> !holders.isSafe(item.digest(), now))
        .findFirst();
  }

  /** For people: who does not hold it, and why. */
  private synchronized String lacking(Item item) {
    MemberSet now = set.get();
    List<Member> having = holders.holders(item.digest(), now);
    return "%s is on the hub's disk, and validators of weight %d hold it, %d are needed (%s): try again in %d s"
        .formatted(
            item.record().proposal(),
            having.stream().mapToLong(Member::weight).sum(),
            now.totalWeight() - now.quorum() + 1,
            now.members().stream()
                .filter(member -> !having.contains(member))
                .map(
                    member ->
                        member.name()
                            + ": "
                            + hindrances.getOrDefault(member, "has not answered yet"))
                .collect(Collectors.joining("; ")),
            TRY_AGAIN_SECONDS);
  }
}
