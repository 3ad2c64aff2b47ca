package dev.qudag.node.hub.analysis;

/** What should land cannot be signed as the policy asks for: nothing is made of it until it can. */
public final class UnsignedException extends RuntimeException {
  /** What it is called towards the operator. */
  public static final String REASON = "SigningKeyUnusable";

  private static final long serialVersionUID = 1;

  UnsignedException(String message) {
    super(message);
  }

  UnsignedException(String message, Throwable cause) {
    super(message, cause);
  }
}
