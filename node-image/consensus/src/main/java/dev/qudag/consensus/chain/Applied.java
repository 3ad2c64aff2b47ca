package dev.qudag.consensus.chain;

/** What became of a payload or decision that was applied to a {@link ChainState}. */
public sealed interface Applied {
  /** It is valid, and this is the state it leaves. */
  record Accepted(ChainState next) implements Applied {}

  /** It is not valid, and nothing of it has an effect. */
  record Refused(Refusal refusal) implements Applied {}
}
