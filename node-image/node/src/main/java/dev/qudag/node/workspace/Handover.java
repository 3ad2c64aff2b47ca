package dev.qudag.node.workspace;

import dev.qudag.node.workspace.HubGateway.Receipt;
import dev.qudag.node.workspace.HubGateway.Submission;
import dev.qudag.node.workspace.vcs.CommandException;
import dev.qudag.node.workspace.vcs.Vcs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The last step of a workspace after its agent has ended: the hub gets the files as they are as a
 * candidate, and with them the acknowledgement that this pod may go. Whether the candidate is
 * proposed is the operator's to say.
 */
final class Handover {

  private static final System.Logger LOG = System.getLogger(Handover.class.getName());

  private final Workbench bench;
  private final HubGateway hub;
  private final String title;
  private final InstantSource clock;

  Handover(Workbench bench, HubGateway hub, String title, InstantSource clock) {
    this.bench = bench;
    this.hub = hub;
    this.title = title;
    this.clock = clock;
  }

  /**
   * @param patience how long all of it may take; the pod is killed some time after
   * @throws HubUnavailableException when it was never reached: a handover pod has to finish this
   */
  void run(String podUid, Duration patience) {
    Instant end = clock.instant().plus(patience);
    String commit = lastCommit();
    while (true) {
      try {
        handOver(commit, podUid, end);
        return;
      } catch (HubUnavailableException e) {
        if (clock.instant().isAfter(end)) {
          throw e;
        }
        LOG.log(System.Logger.Level.WARNING, "the last snapshot waits: " + e.getMessage());
      }
    }
  }

  private void handOver(String commit, String podUid, Instant end) {
    Receipt receipt = submit(commit, podUid, end);
    if (receipt instanceof Receipt.Refused refused && !commit.equals(bench.head())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the hub does not keep the last snapshot: {0}: {1}",
          refused.reason(),
          refused.message());
      // What nobody may keep must not hold the pod for ever.
      submit(bench.head(), podUid, end);
    }
  }

  private Receipt submit(String commit, String podUid, Instant end) {
    return hub.submit(
        Submission.candidate(commit, title, bench.bundle(commit), podUid),
        Duration.between(clock.instant(), end));
  }

  /**
   * The files as they are; as they were before a sync that nobody has resolved; if they cannot be
   * read as a commit, what was last handed in.
   */
  private String lastCommit() {
    try {
      return bench.look(title).commit();
    } catch (Vcs.ConflictedException e) {
      LOG.log(System.Logger.Level.WARNING, "the last snapshot is that before: " + e.getMessage());
      return bench.lastRevision(e.paths()).commit();
    } catch (CommandException e) {
      LOG.log(System.Logger.Level.WARNING, "no last snapshot: " + e.getMessage());
      return bench.base();
    }
  }
}
