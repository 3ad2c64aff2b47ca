package dev.qudag.consensus.attestation;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * One signed batch of an author. Header and body fit each other, and the parents stand in their one
 * order; whether chain, authors and signatures are good is for the rules of a member.
 *
 * @param signature by the author over the encoded header
 */
public record Vertex(VertexHeader header, VertexBody body, Bytes signature) implements DagMessage {
  private static final String TAG = "qudag.dev/v1/signed-vertex";

  public Vertex {
    if (!header.bodyDigest().equals(body.digest())) {
      throw new IllegalArgumentException("the header names another body");
    }
    if (signature.size() != VerifyingKey.SIGNATURE_SIZE) {
      throw new IllegalArgumentException(
          "a vertex signature has %d bytes, not %d"
              .formatted(VerifyingKey.SIGNATURE_SIZE, signature.size()));
    }
    requireOrder(header, body.parents());
  }

  private static void requireOrder(VertexHeader header, List<ParentLink> parents) {
    int first = 0;
    if (header.sequence() > 0) {
      first = 1;
      boolean ownFirst =
          !parents.isEmpty()
              && parents.getFirst().author() == header.author()
              && parents.getFirst().sequence() == header.sequence() - 1;
      if (!ownFirst) {
        throw new IllegalArgumentException(
            "the first parent of vertex %d is not the author's vertex before"
                .formatted(header.sequence()));
      }
    }
    int before = -1;
    for (ParentLink parent : parents.subList(first, parents.size())) {
      if (parent.author() <= before || parent.author() == header.author()) {
        throw new IllegalArgumentException(
            "parent of author %d out of order: expected others, once each, by rising index"
                .formatted(parent.author()));
      }
      before = parent.author();
    }
  }

  public int author() {
    return header.author();
  }

  public long sequence() {
    return header.sequence();
  }

  /** Names the vertex. */
  public Digest digest() {
    return header.digest();
  }

  /** Digest of the author's vertex before; zeros for the first. */
  public Digest previousDigest() {
    return sequence() == 0 ? Digest.ZERO : body.parents().getFirst().digest();
  }

  /** What the author saw of others. */
  public List<ParentLink> seen() {
    List<ParentLink> parents = body.parents();
    return sequence() == 0 ? parents : parents.subList(1, parents.size());
  }

  /** What the author says of decisions, in the order of the batch. */
  public List<Attestation> attestations() {
    return body.entries().stream()
        .map(
            entry ->
                switch (entry) {
                  case Entry.Attested(Attestation attestation) -> attestation;
                })
        .toList();
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(header.encode())
        .bytes(body.encode())
        .bytes(signature)
        .toByteArray();
  }

  public static Vertex decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new Vertex(
                VertexHeader.decode(in.byteArray()),
                VertexBody.decode(in.byteArray()),
                in.bytes()));
  }
}
