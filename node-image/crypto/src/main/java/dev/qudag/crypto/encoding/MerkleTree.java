package dev.qudag.crypto.encoding;

import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 9162 (2.1) over SHA-256: a leaf is hashed behind a 0 byte, an inner node
 * behind a 1 byte, so that neither can be taken for the other; the left half is the largest power
 * of two smaller than the number of leaves.
 */
public final class MerkleTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private MerkleTree() {}

  /** The root over the leaves' contents; of no leaves, SHA-256 of nothing. */
  public static Digest root(List<byte[]> leaves) {
    return switch (leaves.size()) {
      case 0 -> Digest.sha256();
      case 1 -> leafHash(leaves.getFirst());
      default -> {
        int split = split(leaves.size());
        yield nodeHash(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
      }
    };
  }

  /** The path that proves the leaf at {@code index}. */
  public static MerklePath path(List<byte[]> leaves, int index) {
    List<Digest> siblings = new ArrayList<>();
    collect(leaves, index, siblings);
    return new MerklePath(leaves.size(), index, siblings);
  }

  private static void collect(List<byte[]> leaves, int index, List<Digest> siblings) {
    if (leaves.size() <= 1) {
      return;
    }
    int split = split(leaves.size());
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    if (index < split) {
      collect(left, index, siblings);
      siblings.add(root(right));
    } else {
      collect(right, index - split, siblings);
      siblings.add(root(left));
    }
  }

  private static int split(int leaves) {
    return Integer.highestOneBit(leaves - 1);
  }

  static Digest leafHash(byte[] content) {
    return Digest.sha256(LEAF, content);
  }

  static Digest nodeHash(Digest left, Digest right) {
    return Digest.sha256(NODE, left.bytes(), right.bytes());
  }
}
