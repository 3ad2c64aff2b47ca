package dev.qudag.node.hub;

import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.book.WorkspaceBook;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a workspace stands, by the last that the hub heard of it: a heartbeat, a candidate or a
 * proposal. Heartbeats end with the sidecar, and the last one is older than the last snapshot.
 * Pure.
 *
 * @param atMillis when it was so
 * @param revision commit of the last snapshot; empty when nothing was heard
 * @param ahead commits of it that the branch does not have; of a submission, at least 1
 */
record Whereabouts(long atMillis, String revision, int ahead) {
  static Whereabouts of(
      WorkspaceBook.Beat beat,
      Optional<HubProposal.Submission> candidate,
      Optional<HubProposal> newest) {
    int unlanded = Math.max(1, beat.ahead());
    return Stream.of(
            Optional.of(new Whereabouts(beat.atMillis(), beat.revision(), beat.ahead())),
            candidate
                .map(HubProposal.Submission::statement)
                .map(said -> new Whereabouts(said.timeMillis(), said.commit(), unlanded)),
            newest.map(
                proposal ->
                    new Whereabouts(
                        proposal.acceptedAtMillis(), proposal.commit().hex(), unlanded)))
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(Whereabouts::atMillis))
        .map(last -> newest.filter(p -> hasLanded(p, last)).isPresent() ? last.landed() : last)
        .orElseThrow();
  }

  private static boolean hasLanded(HubProposal proposal, Whereabouts last) {
    return proposal.standing() instanceof Standing.Landed
        && proposal.commit().hex().equals(last.revision());
  }

  private Whereabouts landed() {
    return new Whereabouts(atMillis, revision, 0);
  }
}
