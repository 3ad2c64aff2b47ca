package dev.qudag.node.validator.judge;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.crypto.Digest;

/**
 * What is final here: what a decision is judged on, and what tells the past from what is to come.
 */
public interface KnownChain {
  /** What the last final block leaves. */
  ChainState state();

  /** Whether a branch stands at this commit, or stood there. */
  boolean hasLanded(String commit);

  /** Whether a policy is in force, or was. */
  boolean hadPolicy(Digest policy);
}
