package dev.qudag.consensus.attestation;

import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/** What members say to each other in the attestation layer. */
public sealed interface DagMessage permits Vertex, Frontier, DagEquivocation {
  String TAG = "qudag.dev/v1/dag-message";

  default byte[] toBytes() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    switch (this) {
      case Vertex vertex -> out.int8(1).bytes(vertex.encode());
      case Frontier frontier -> out.int8(2).bytes(frontier.encode());
      case DagEquivocation evidence -> out.int8(3).bytes(evidence.encode());
    }
    return out.toByteArray();
  }

  /**
   * A message out of its encoding.
   *
   * @throws dev.qudag.crypto.encoding.MalformedEncodingException when the bytes are not a message
   */
  static DagMessage ofBytes(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, DagMessage::readFrom);
  }

  private static DagMessage readFrom(CanonicalReader in) {
    int kind = in.int8();
    byte[] content = in.byteArray();
    return switch (kind) {
      case 1 -> Vertex.decode(content);
      case 2 -> Frontier.decode(content);
      case 3 -> DagEquivocation.decode(content);
      default -> throw new IllegalArgumentException("message kind " + kind + ", expected 1 to 3");
    };
  }
}
