package dev.qudag.crypto.encoding;

import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Optional;

/**
 * That one leaf stands at one place of a {@link MerkleTree} of so many leaves.
 *
 * @param leafCount number of leaves in the tree, at least 1
 * @param index place of the leaf, from 0
 * @param siblings the hashes beside the way from the leaf up to the root, lowest first
 */
public record MerklePath(int leafCount, int index, List<Digest> siblings) {
  public MerklePath {
    if (index < 0 || index >= leafCount) {
      throw new IllegalArgumentException("leaf " + index + " of " + leafCount + " does not exist");
    }
    siblings = List.copyOf(siblings);
  }

  /** Whether the leaf with this content stands at this place of the tree with this root. */
  public boolean proves(byte[] leaf, Digest root) {
    return rootOver(leaf).filter(root::equals).isPresent();
  }

  /**
   * The root that this path leads to; empty when the siblings are too few or too many (RFC 9162,
   * 2.1.3.2).
   */
  private Optional<Digest> rootOver(byte[] leaf) {
    Digest hash = MerkleTree.leafHash(leaf);
    int place = index;
    int last = leafCount - 1;
    for (Digest sibling : siblings) {
      if (last == 0) {
        return Optional.empty();
      }
      if (place % 2 == 1 || place == last) {
        hash = MerkleTree.nodeHash(sibling, hash);
        while (place % 2 == 0 && place != 0) {
          place /= 2;
          last /= 2;
        }
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
      }
      place /= 2;
      last /= 2;
    }
    return last == 0 ? Optional.of(hash) : Optional.empty();
  }

  public void writeTo(CanonicalWriter out) {
    out.int32(leafCount).int32(index).list(siblings, CanonicalWriter::digest);
  }

  public static MerklePath readFrom(CanonicalReader in) {
    return new MerklePath(in.int32(), in.int32(), in.list(CanonicalReader::digest));
  }
}
