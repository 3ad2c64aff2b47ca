package dev.qudag.node.hub.book;

import dev.qudag.consensus.chain.proposal.AuthorStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many proposals may wait for the branch at once. An agent that brings one more keeps it, and
 * hears when to try again; what is here already, or takes the place of another of its workspace,
 * always comes in.
 *
 * @param most how many that have not ended
 */
public record Room(int most) {
  /** A day's work of a thousand agents; the queue plans as many in a few milliseconds. */
  public static final Room STANDARD = new Room(1000);

  /** How many open proposals of one workspace may stand on one another. */
  public static final int DEEPEST_STACK = 16;

  private static final Duration SOONEST = Duration.ofMinutes(1);
  private static final Duration LATEST = Duration.ofHours(1);

  /** Of what landed within this time, one expects as much in the next. */
  private static final Duration MEASURED = Duration.ofHours(1);

  /**
   * In which time there should be room, 1 to 60 minutes; empty when there is.
   *
   * @param all every proposal that the hub knows
   * @param stacks it would take the place of none
   */
  public Optional<Duration> fullFor(
      List<HubProposal> all, AuthorStatement asked, boolean stacks, Instant now) {
    long waiting = all.stream().filter(known -> !known.standing().isEnd()).count();
    if (waiting < most || all.stream().anyMatch(known -> isPlaceOf(asked, stacks, known))) {
      return Optional.empty();
    }
    Instant since = now.minus(MEASURED);
    long landed = all.stream().filter(known -> hasLandedSince(known, since)).count();
    Duration estimate =
        landed == 0 ? LATEST : MEASURED.multipliedBy(waiting - most + 1).dividedBy(landed);
    return Optional.of(bounded(estimate));
  }

  private static boolean isPlaceOf(AuthorStatement asked, boolean stacks, HubProposal known) {
    return known.name().equals(asked.proposal())
        || (!stacks
            && known.standing().isPending()
            && known.workspaceUid().equals(Optional.of(asked.workspaceUid()))
            && known.source().branch().equals(asked.branch()));
  }

  private static boolean hasLandedSince(HubProposal known, Instant since) {
    return known.standing() instanceof Standing.Landed landed
        && landed.landedAtMillis() >= since.toEpochMilli();
  }

  private static Duration bounded(Duration estimate) {
    Duration atMost = estimate.compareTo(LATEST) > 0 ? LATEST : estimate;
    return atMost.compareTo(SOONEST) < 0 ? SOONEST : atMost;
  }
}
