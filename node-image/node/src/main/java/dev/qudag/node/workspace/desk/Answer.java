package dev.qudag.node.workspace.desk;

import java.util.Map;

/**
 * What the agent is told.
 *
 * @param code of the client's exit
 * @param text for a person; to standard output when the code is 0, else to standard error
 * @param fields the same for a program
 */
public record Answer(Code code, String text, Map<String, Object> fields) {

  /** Part of the agent contract. */
  public enum Code {
    DONE(0, 200),
    REFUSED(1, 409),
    USAGE(2, 400),
    UNAVAILABLE(3, 503);

    private final int exit;
    private final int http;

    Code(int exit, int http) {
      this.exit = exit;
      this.http = http;
    }

    public int exit() {
      return exit;
    }

    public int http() {
      return http;
    }
  }

  public static Answer done(String text, Map<String, Object> fields) {
    return new Answer(Code.DONE, text, fields);
  }

  /** Nothing was taken; says why and what to do. */
  public static Answer refused(String reason, String message) {
    return new Answer(
        Code.REFUSED,
        "refused: " + reason + ": " + message,
        Map.of("reason", reason, "message", message));
  }

  public static Answer usage(String message) {
    return new Answer(Code.USAGE, message, Map.of("message", message));
  }

  /** Nobody could be asked; asking again later is right. */
  public static Answer unavailable(String message) {
    return new Answer(Code.UNAVAILABLE, message, Map.of("message", message));
  }
}
