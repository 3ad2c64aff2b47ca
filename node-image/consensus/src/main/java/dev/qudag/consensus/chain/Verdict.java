package dev.qudag.consensus.chain;

/** What a validator says of a decision. */
public enum Verdict {
  APPROVE(1),
  REJECT(2);

  private final int code;

  Verdict(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Verdict of(int code) {
    return switch (code) {
      case 1 -> APPROVE;
      case 2 -> REJECT;
      default -> throw new IllegalArgumentException("a verdict is 1 or 2, not " + code);
    };
  }
}
