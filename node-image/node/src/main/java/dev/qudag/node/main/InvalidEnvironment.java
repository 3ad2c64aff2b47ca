package dev.qudag.node.main;

/** An environment variable is missing or has a value that it cannot have; the message names it. */
public final class InvalidEnvironment extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidEnvironment(String message) {
    super(message);
  }

  public InvalidEnvironment(String message, Throwable cause) {
    super(message, cause);
  }
}
