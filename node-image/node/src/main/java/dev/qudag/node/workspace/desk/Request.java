package dev.qudag.node.workspace.desk;

import java.util.Map;
import java.util.Optional;

/** What an agent can ask its sidecar. */
public sealed interface Request {

  /**
   * @param waits answer only when the proposal has ended
   * @param stacks it depends on the one before, and does not take its place
   * @param priority as asked for; the hub says whether it can be
   * @param title of the proposal; without one, the task's
   */
  record Propose(boolean waits, boolean stacks, int priority, Optional<String> title)
      implements Request {

    private static final int MAX_TITLE = 200;

    /** Titles are one line of bounded length without control characters. */
    public Propose {
      title = title.map(Propose::clean).filter(text -> !text.isEmpty());
    }

    private static String clean(String text) {
      String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
      return line.length() <= MAX_TITLE ? line : line.substring(0, MAX_TITLE);
    }
  }

  record Status() implements Request {}

  record Log() implements Request {}

  record Undo() implements Request {}

  /**
   * @param operation as the agent gave it; who answers says whether it is one
   */
  record Restore(String operation) implements Request {}

  record Sync() implements Request {}

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** The request of that name, if there is one. */
  static Optional<Request> of(String name, Map<String, String> options) {
    return switch (name) {
      case "propose" ->
          Optional.of(
              new Propose(
                  Boolean.parseBoolean(options.get("wait")),
                  Boolean.parseBoolean(options.get("stack")),
                  number(options.getOrDefault("priority", "0")),
                  Optional.ofNullable(options.get("title"))));
      case "status" -> Optional.of(new Status());
      case "log" -> Optional.of(new Log());
      case "undo" -> Optional.of(new Undo());
      case "restore" -> Optional.of(new Restore(options.getOrDefault("operation", "")));
      case "sync" -> Optional.of(new Sync());
      default -> Optional.empty();
    };
  }
}
