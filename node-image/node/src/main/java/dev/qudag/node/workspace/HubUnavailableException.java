package dev.qudag.node.workspace;

/** The hub did not answer in time, or refused to talk; trying again later is right. */
public final class HubUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public HubUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
