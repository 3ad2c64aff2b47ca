package dev.qudag.operator.node;

/** What answered at a node's address is not the pod that the operator made there. */
public final class EnrolmentRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EnrolmentRefusedException(String message) {
    super(message);
  }
}
