package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MerklePath;
import dev.qudag.crypto.encoding.MerkleTree;
import java.util.List;

/**
 * What a block carries: decisions in the order in which they apply, each valid on the state that
 * those before it leave.
 */
public record BlockPayload(List<OrderedDecision> decisions) {
  public static final BlockPayload EMPTY = new BlockPayload(List.of());

  private static final String TAG = "qudag.dev/v1/payload";

  public BlockPayload {
    decisions = Fields.list("decisions", decisions);
  }

  /** Merkle root over the decisions' leaves: the header's payload digest. */
  public Digest digest() {
    return MerkleTree.root(leaves());
  }

  public int count() {
    return decisions.size();
  }

  /** Proves the decision at {@code index} against {@link #digest}. */
  public MerklePath path(int index) {
    return MerkleTree.path(leaves(), index);
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    return out.list(decisions, (o, decision) -> o.bytes(decision.encode())).toByteArray();
  }

  public static BlockPayload decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in -> new BlockPayload(in.list(item -> OrderedDecision.decode(item.byteArray()))));
  }

  private List<byte[]> leaves() {
    return decisions.stream().map(OrderedDecision::leaf).toList();
  }
}
