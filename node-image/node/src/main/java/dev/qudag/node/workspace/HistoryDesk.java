package dev.qudag.node.workspace;

import dev.qudag.node.workspace.desk.Answer;
import dev.qudag.node.workspace.desk.Operations;
import dev.qudag.node.workspace.desk.SyncReport;
import dev.qudag.node.workspace.vcs.Operation;
import dev.qudag.node.workspace.vcs.Vcs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Answers what the agent asks of its history. Every answer that moved files names the operation
 * that holds what they were before.
 */
final class HistoryDesk {

  private static final int LOG_LINES = 20;

  private final History history;
  private final Beat beat;
  private final String taskTitle;
  private final SyncReport report;

  HistoryDesk(History history, Beat beat, String taskTitle, SyncReport report) {
    this.history = history;
    this.beat = beat;
    this.taskTitle = taskTitle;
    this.report = report;
  }

  Answer log() {
    List<Operation> operations = history.log(LOG_LINES);
    return Answer.done(
        String.join("\n", operations.stream().map(HistoryDesk::line).toList()),
        Map.of("operations", operations.stream().map(HistoryDesk::fields).toList()));
  }

  Answer undo() {
    return unlessRefused(() -> turned(history.undo()));
  }

  Answer restore(String operation) {
    Optional<String> fault = Operations.fault(operation);
    return fault.isPresent()
        ? Answer.usage(fault.get())
        : unlessRefused(() -> turned(history.restore(operation)));
  }

  /** Asks the hub for the branch first: to sync with an old one would tell the agent wrong. */
  Answer sync() {
    return unlessRefused(
        () -> {
          beat.follow();
          return synced(history.sync(Titles.clean(taskTitle)));
        });
  }

  private static Answer unlessRefused(Supplier<Answer> asking) {
    try {
      return asking.get();
    } catch (History.RefusedException e) {
      return Answer.refused(e.reason(), String.valueOf(e.getMessage()));
    } catch (Vcs.InTheWayException e) {
      return Answer.refused(
          "InTheWay",
          e.getMessage() + "; move that file away, or let its program finish, and try again");
    }
  }

  private Answer turned(History.Turn turn) {
    var fields = new TreeMap<String, Object>();
    fields.put("operation", turn.to().shortId());
    fields.put("before", turn.before().shortId());
    fields.put("changed", turn.changed());
    fields.put("left", turn.left());
    if (!turn.changed()) {
      return Answer.done("the files are as after %s already".formatted(line(turn.to())), fields);
    }
    beat.soon();
    String left =
        turn.left().isEmpty()
            ? ""
            : "\nnot as they were, for files that no snapshot takes are there: "
                + String.join(", ", turn.left());
    return Answer.done(
        "the files are as after %s%n%s%s".formatted(line(turn.to()), wayBack(turn.before()), left),
        fields);
  }

  private Answer synced(History.Sync sync) {
    var fields = new TreeMap<String, Object>();
    fields.put("base", sync.base());
    fields.put("before", sync.before().shortId());
    fields.put("changed", sync.changed());
    fields.put("conflicts", sync.conflicts().stream().map(HistoryDesk::fields).toList());
    report.write(fields);
    if (!sync.changed()) {
      return Answer.done(
          "based on %s, which has the newest commit of the branch: nothing to do"
              .formatted(sync.base()),
          fields);
    }
    beat.soon();
    if (sync.conflicts().isEmpty()) {
      return Answer.done(
          "based on %s now, the newest commit of the branch%n%s"
              .formatted(sync.base(), wayBack(sync.before())),
          fields);
    }
    String message = message(sync);
    fields.put("reason", "SyncConflict");
    fields.put("message", message);
    return new Answer(Answer.Code.REFUSED, "refused: SyncConflict: " + message, fields);
  }

  private String message(History.Sync sync) {
    var text = new StringBuilder();
    text.append("the files are on %s now, and in conflict with it:%n".formatted(sync.base()));
    for (History.Conflict conflict : sync.conflicts()) {
      text.append("  %s%n".formatted(conflict.path().replaceAll("\\p{Cntrl}", "?")));
      conflict.commits().forEach(commit -> text.append("    changed by %s%n".formatted(commit)));
    }
    text.append(
        "resolve what the markers in these files show, then: qudag propose; the same as JSON: %s%n%s"
            .formatted(report.file(), wayBack(sync.before())));
    return text.toString();
  }

  private static String wayBack(Operation before) {
    return "what was before is operation %s: qudag restore %s"
        .formatted(before.shortId(), before.shortId());
  }

  private static String line(Operation operation) {
    return "%s  %s  %s".formatted(operation.shortId(), operation.time(), operation.what());
  }

  private static Map<String, Object> fields(Operation operation) {
    return Map.of("id", operation.shortId(), "time", operation.time(), "what", operation.what());
  }

  private static Map<String, Object> fields(History.Conflict conflict) {
    return Map.of("path", conflict.path(), "commits", conflict.commits());
  }
}
