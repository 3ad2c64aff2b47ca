package dev.qudag.crypto;

import dev.qudag.crypto.recent.RecentMap;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The signatures of one key that were found good, the most recently used of them: a SHA-256 tells
 * again what takes ML-DSA a hundred times as long. What was found bad is not remembered, so nobody
 * fills the memory with lies.
 */
final class GoodSignatures {
  private final Map<Digest, Boolean> remembered;

  /**
   * @param most how many are remembered, at about 100 bytes each
   */
  GoodSignatures(int most) {
    remembered = RecentMap.byUse(most);
  }

  /** Names a signature over a message; two such pairs have one name only if SHA-256 is broken. */
  static Digest name(byte[] message, byte[] signature) {
    byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(message.length).array();
    return Digest.sha256(length, message, signature);
  }

  synchronized boolean has(Digest name) {
    return remembered.get(name) != null;
  }

  synchronized void add(Digest name) {
    remembered.put(name, true);
  }
}
