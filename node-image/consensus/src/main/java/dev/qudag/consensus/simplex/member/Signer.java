package dev.qudag.consensus.simplex.member;

import dev.qudag.crypto.Bytes;

/**
 * This member's signature over a message; whoever calls it has made sure that the message may be
 * signed.
 */
@FunctionalInterface
public interface Signer {
  Bytes sign(byte[] message);
}
