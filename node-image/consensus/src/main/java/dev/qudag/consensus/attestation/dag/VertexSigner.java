package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.Entry;
import dev.qudag.consensus.attestation.ParentLink;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexBody;
import dev.qudag.consensus.attestation.VertexHeader;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.simplex.member.Signer;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;

/** Makes this member's own vertices. Whoever calls it has made sure that the place is free. */
final class VertexSigner {
  private final DagConfig config;

  VertexSigner(DagConfig config) {
    this.config = config;
  }

  /**
   * A signed vertex.
   *
   * @param parents the own vertex before, unless sequence is 0; then others by rising author
   * @param words 1 to {@link VertexBody#MOST_ENTRIES}
   */
  Vertex sign(long sequence, List<ParentLink> parents, List<Word> words) {
    Signer signer = config.signer();
    Digest previous = sequence == 0 ? Digest.ZERO : parents.getFirst().digest();
    List<Entry> entries = new ArrayList<>();
    for (Word word : words) {
      Attestation.Content content =
          new Attestation.Content(
              config.chainId(),
              config.epoch(),
              config.self(),
              sequence,
              previous,
              word.decision(),
              word.verdict(),
              word.reason());
      entries.add(new Entry.Attested(content.withSignature(signer.sign(content.encode()))));
    }
    VertexBody body = new VertexBody(parents, entries);
    VertexHeader header =
        new VertexHeader(config.chainId(), config.epoch(), config.self(), sequence, body.digest());
    return new Vertex(header, body, signer.sign(header.encode()));
  }
}
