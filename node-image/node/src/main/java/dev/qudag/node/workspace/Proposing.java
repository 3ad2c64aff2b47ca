package dev.qudag.node.workspace;

import dev.qudag.merge.Printable;
import dev.qudag.node.disk.VolumeReserve;
import dev.qudag.node.workspace.HubGateway.Outcome;
import dev.qudag.node.workspace.HubGateway.Receipt;
import dev.qudag.node.workspace.HubGateway.Submission;
import dev.qudag.node.workspace.desk.Answer;
import dev.qudag.node.workspace.desk.Desk;
import dev.qudag.node.workspace.desk.Request;
import dev.qudag.node.workspace.desk.SyncReport;
import dev.qudag.node.workspace.origin.Inbox;
import dev.qudag.node.workspace.origin.PushJudge;
import dev.qudag.node.workspace.vcs.CommandException;
import dev.qudag.node.workspace.vcs.Vcs;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Brings what the agent wants to land to the hub, by push or by asking, and tells it how that
 * stands. One proposal is handed in at a time; waiting for its end holds nobody up.
 */
final class Proposing implements Desk, PushJudge {

  /** Somebody waits at a push: long enough for a hub that starts again and for a large bundle. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String NO_HUB =
      "the hub has not answered for it; nothing is lost, try again: ";

  private static final String NO_ROOM =
      "the volume of this workspace is full: delete files that you do not need and ask again, or have its PersistentVolumeClaim enlarged; nothing was taken, nothing is lost";

  private final Workbench bench;
  private final HubGateway hub;
  private final Beat beat;
  private final History history;
  private final HistoryDesk turning;
  private final String taskTitle;
  private final WorkspaceMetrics metrics;
  private final ReentrantLock handingIn = new ReentrantLock();

  Proposing(
      Workbench bench,
      HubGateway hub,
      Beat beat,
      History history,
      SyncReport report,
      String taskTitle,
      WorkspaceMetrics metrics) {
    this.bench = bench;
    this.hub = hub;
    this.beat = beat;
    this.history = history;
    this.turning = new HistoryDesk(history, beat, taskTitle, report);
    this.taskTitle = taskTitle;
    this.metrics = metrics;
  }

  @Override
  public Answer answer(Request request) {
    try {
      return switch (request) {
        case Request.Propose propose -> propose(propose);
        case Request.Status status -> status();
        case Request.Log log -> turning.log();
        case Request.Undo undo -> alone(turning::undo);
        case Request.Restore restore -> alone(() -> turning.restore(restore.operation()));
        case Request.Sync sync -> alone(turning::sync);
      };
    } catch (HubUnavailableException e) {
      return Answer.unavailable(NO_HUB + e.getMessage());
    } catch (Vcs.ConflictedException e) {
      return Answer.refused("Conflicted", String.valueOf(e.getMessage()));
    } catch (CommandException | UncheckedIOException e) {
      return bench.isFull()
          ? Answer.refused(VolumeReserve.REASON, NO_ROOM)
          : Answer.unavailable("the sidecar failed: " + Printable.of(message(e)));
    }
  }

  /** Nothing is handed in meanwhile: what is, becomes what the files are built on. */
  private Answer alone(Supplier<Answer> asking) {
    handingIn.lock();
    try {
      return asking.get();
    } finally {
      handingIn.unlock();
    }
  }

  private static String message(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  @Override
  public Verdict judge(Inbox inbox, String ref, String commit) {
    handingIn.lock();
    try {
      bench.take(inbox.git(), ref);
      if (bench.isOnBranch(commit)) {
        return new Taken(
            "qudag: the branch holds this commit already, there is nothing to propose");
      }
      return switch (handIn(commit, Titles.clean(bench.subject(commit)), false, 0)) {
        case Receipt.Accepted accepted ->
            new Taken(
                "qudag: proposed as %s\nqudag: it lands when its checks pass and the validators agree; see: qudag status"
                    .formatted(accepted.proposal()));
        case Receipt.Refused refused ->
            new Refused(
                refused.reason(), "qudag: refused: " + refused.reason() + ": " + refused.message());
      };
    } catch (HubUnavailableException e) {
      return new Refused("HubUnavailable", "qudag: " + NO_HUB + e.getMessage());
    } catch (CommandException | UncheckedIOException e) {
      return bench.isFull()
          ? new Refused(VolumeReserve.REASON, "qudag: " + NO_ROOM)
          : new Refused(
              "Unreadable", "qudag: the pushed commit cannot be read: " + Printable.of(message(e)));
    } finally {
      handingIn.unlock();
    }
  }

  private Answer propose(Request.Propose request) {
    Revision revision;
    Receipt receipt;
    handingIn.lock();
    try {
      String title = Titles.clean(request.title().orElse(taskTitle));
      revision = bench.look(title);
      if (bench.isOnBranch(revision.commit())) {
        return Answer.refused(
            "NothingToPropose", "the files are as on the branch" + aside(revision.refusedFiles()));
      }
      receipt = handIn(revision.commit(), title, request.stacks(), request.priority());
    } finally {
      handingIn.unlock();
    }
    return switch (receipt) {
      case Receipt.Refused refused ->
          Answer.refused(refused.reason(), refused.message() + aside(revision.refusedFiles()));
      case Receipt.Accepted accepted ->
          request.waits()
              ? await(accepted.proposal())
              : Answer.done(
                  "proposed as " + accepted.proposal() + aside(revision.refusedFiles()),
                  Map.of("proposal", accepted.proposal(), "refusedFiles", revision.refusedFiles()));
    };
  }

  /** What a heartbeat would say of it the hub knows by what it took: none is sent for it. */
  private Receipt handIn(String commit, String title, boolean stacks, int priority) {
    var receipt =
        hub.submit(
            new Submission(commit, title, bench.bundle(commit), stacks, priority, false, ""),
            PATIENCE);
    metrics.submitted(receipt);
    if (receipt instanceof Receipt.Accepted accepted) {
      history.adopt(commit);
      bench.remember(accepted.proposal());
    }
    return receipt;
  }

  private Answer await(String proposal) {
    while (true) {
      Outcome outcome = hub.outcome(proposal, true);
      Optional<Answer> answer = ended(proposal, outcome);
      if (answer.isPresent()) {
        beat.soon();
        return answer.get();
      }
    }
  }

  private static Optional<Answer> ended(String proposal, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Pending pending -> Optional.empty();
      case Outcome.Merged merged ->
          Optional.of(
              Answer.done(
                  "merged as " + merged.commit() + " (" + proposal + ")",
                  Map.of("proposal", proposal, "state", "Merged", "commit", merged.commit())));
      case Outcome.Ended ended -> {
        String feedback = ended.feedback().isEmpty() ? "" : "\n" + ended.feedback();
        yield Optional.of(
            new Answer(
                Answer.Code.REFUSED,
                "refused: " + ended.reason() + ": " + ended.message() + feedback,
                Map.of(
                    "proposal", proposal,
                    "state", "Ended",
                    "reason", ended.reason(),
                    "message", ended.message(),
                    "feedback", ended.feedback())));
      }
    };
  }

  private Answer status() {
    var fields = new TreeMap<String, Object>();
    Revision revision;
    try {
      revision = bench.look(Titles.clean(taskTitle));
    } catch (Vcs.ConflictedException e) {
      revision = bench.lastRevision(e.paths());
      fields.put("conflicts", e.paths());
    }
    fields.put("head", bench.head());
    fields.put("revision", revision.commit());
    fields.put("base", revision.base());
    fields.put("ahead", revision.ahead());
    fields.put("behind", revision.behind());
    fields.put("refusedFiles", revision.refusedFiles());
    bench
        .lastProposal()
        .ifPresent(
            proposal -> {
              fields.put("proposal", proposal);
              fields.put("state", state(proposal));
            });
    var text = new StringBuilder();
    fields.forEach((name, value) -> text.append("%-13s %s%n".formatted(name, value)));
    return Answer.done(text.toString(), fields);
  }

  private String state(String proposal) {
    try {
      return switch (hub.outcome(proposal, false)) {
        case Outcome.Pending pending -> pending.state();
        case Outcome.Merged merged -> "Merged as " + merged.commit();
        case Outcome.Ended ended -> ended.reason() + ": " + ended.message();
      };
    } catch (HubUnavailableException e) {
      return "unknown: the hub does not answer";
    }
  }

  /** What is not in the proposal although the agent may think so. */
  private static String aside(List<String> refusedFiles) {
    return refusedFiles.isEmpty()
        ? ""
        : "\nnot taken (too large, denied by the policy, or a repository of its own): "
            + String.join(", ", refusedFiles);
  }
}
