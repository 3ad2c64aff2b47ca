package dev.qudag.crypto.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MerkleTreeTest {
  private static List<byte[]> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ("leaf " + i).getBytes(StandardCharsets.US_ASCII))
        .toList();
  }

  @Property(tries = 100)
  void provesEveryLeafAtItsPlaceOnly(
      @ForAll @IntRange(min = 1, max = 70) int count, @ForAll @IntRange(max = 69) int at) {
    List<byte[]> leaves = leaves(count);
    int index = at % count;
    Digest root = MerkleTree.root(leaves);
    MerklePath path = MerkleTree.path(leaves, index);

    for (int other = 0; other < count; other++) {
      assertThat(path.proves(leaves.get(other), root)).isEqualTo(other == index);
      if (other != index) {
        MerklePath moved = new MerklePath(count, other, path.siblings());
        assertThat(moved.proves(leaves.get(index), root)).isFalse();
      }
    }
  }

  @Property
  void refusesAPathWithASiblingMoreOrLess(@ForAll @IntRange(min = 2, max = 40) int count) {
    List<byte[]> leaves = leaves(count);
    Digest root = MerkleTree.root(leaves);
    MerklePath path = MerkleTree.path(leaves, 0);
    List<Digest> longer = new ArrayList<>(path.siblings());
    longer.add(Digest.ZERO);
    List<Digest> shorter = path.siblings().subList(0, path.siblings().size() - 1);
    assertThat(new MerklePath(count, 0, longer).proves(leaves.getFirst(), root)).isFalse();
    assertThat(new MerklePath(count, 0, shorter).proves(leaves.getFirst(), root)).isFalse();
  }

  @Property
  void survivesItsEncoding(@ForAll @IntRange(min = 1, max = 40) int count) {
    MerklePath path = MerkleTree.path(leaves(count), count - 1);
    CanonicalWriter out = CanonicalWriter.untagged();
    path.writeTo(out);
    assertThat(CanonicalReader.readUntagged(out.toByteArray(), MerklePath::readFrom))
        .isEqualTo(path);
  }

  @Example
  void aNodeIsNoLeaf() {
    List<byte[]> leaves = leaves(2);
    byte[] node = new byte[2 * Digest.SIZE];
    System.arraycopy(MerkleTree.leafHash(leaves.get(0)).bytes(), 0, node, 0, Digest.SIZE);
    System.arraycopy(MerkleTree.leafHash(leaves.get(1)).bytes(), 0, node, Digest.SIZE, Digest.SIZE);
    assertThat(MerkleTree.root(List.of(node))).isNotEqualTo(MerkleTree.root(leaves));
  }

  /** RFC 9162, 2.1.1: the hash of an empty list is that of an empty string. */
  @Example
  void noLeavesHaveTheHashOfNothing() {
    assertThat(MerkleTree.root(List.of()).hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  /** The tree of seven leaves that Certificate Transparency's reference implementations share. */
  @Example
  void agreesWithCertificateTransparency() {
    List<byte[]> leaves =
        Stream.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
            .map(HexFormat.of()::parseHex)
            .toList();
    assertThat(MerkleTree.root(leaves).hex())
        .isEqualTo("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
  }

  @Example
  void refusesALeafThatDoesNotExist() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MerklePath(3, 3, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new MerklePath(0, 0, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new MerklePath(3, -1, List.of()));
  }
}
