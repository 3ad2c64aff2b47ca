package dev.qudag.operator.node;

/** What answered at a node's address is not the pod that the operator made there. */
public final class EnrolmentRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  public EnrolmentRefusedException(String why) {
    super(why);
    this.why = why;
  }

  /** The message, which is always there. */
  public String why() {
    return why;
  }
}
