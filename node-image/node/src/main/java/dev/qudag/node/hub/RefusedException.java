package dev.qudag.node.hub;

/** What was asked cannot be: a named reason, and what was found and expected. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  RefusedException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /** {@code Reason: message}. */
  String text() {
    return reason + ": " + getMessage();
  }
}
