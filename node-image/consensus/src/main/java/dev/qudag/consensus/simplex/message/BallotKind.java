package dev.qudag.consensus.simplex.message;

/**
 * What a vote says; the tag is the first field of the bytes that are signed, so no vote can be read
 * as another kind.
 */
public enum BallotKind {
  /**
   * "I hold this block, its parent is notarized, every view between them is nullified, and its
   * payload is valid."
   */
  NOTARIZE(1, "qudag.dev/v1/notarize"),
  /** "I shall never send finalize in this view." */
  NULLIFY(2, "qudag.dev/v1/nullify"),
  /** "I saw this block notarized, and I never sent and shall never send nullify in this view." */
  FINALIZE(3, "qudag.dev/v1/finalize");

  private final int code;
  private final String tag;

  BallotKind(int code, String tag) {
    this.code = code;
    this.tag = tag;
  }

  public int code() {
    return code;
  }

  public String tag() {
    return tag;
  }

  static BallotKind of(int code) {
    for (BallotKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("ballot kind is " + code + ", expected 1, 2 or 3");
  }
}
