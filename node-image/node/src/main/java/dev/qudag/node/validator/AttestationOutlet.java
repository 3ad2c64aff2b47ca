package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.evidence.ConflictingVertices;
import dev.qudag.consensus.evidence.Evidence;
import dev.qudag.crypto.Digest;
import dev.qudag.node.validator.attestation.AttestationLoop;
import dev.qudag.transport.limit.Bans;
import dev.qudag.transport.limit.Offence;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Leads what comes of the attestation layer to peers, bans, deliberation, log and metrics. */
record AttestationOutlet(
    Post post,
    Supplier<Deliberation> deliberation,
    Consumer<Evidence> onEvidence,
    Bans bans,
    ValidatorMetrics metrics,
    Consumer<Throwable> onFailure)
    implements AttestationLoop.Outlet {
  private static final System.Logger LOG = System.getLogger(AttestationOutlet.class.getName());

  @Override
  public void send(int peer, DagMessage message) {
    post.send(peer, message);
  }

  @Override
  public void broadcast(DagMessage message) {
    if (message instanceof Vertex own) {
      own.attestations().forEach(said -> metrics.attested(said.verdict()));
    }
    post.broadcast(message);
  }

  @Override
  public void heard(Attestation attestation) throws IOException {
    deliberation.get().heard(attestation);
  }

  @Override
  public void forgotten(Digest decision) {
    deliberation.get().forgotten(decision);
  }

  @Override
  public void ended(List<Digest> decisions) throws IOException {
    deliberation.get().ended(decisions);
  }

  @Override
  public void convicted(DagEquivocation evidence) {
    metrics.equivocated();
    deliberation.get().struck(evidence.author());
    LOG.log(
        System.Logger.Level.ERROR,
        "{0} equivocated at sequence {1}: {2}",
        post.set().members().get(evidence.author()).name(),
        evidence.sequence(),
        HexFormat.of().formatHex(evidence.encode()));
    onEvidence.accept(new ConflictingVertices(evidence));
  }

  @Override
  public void refused(int peer, VertexFlaw flaw) {
    metrics.refused(flaw);
    offence(flaw)
        .ifPresent(
            offence -> {
              Digest peerKey = post.set().members().get(peer).tlsFingerprint();
              var ignored = bans.accuse(peerKey, offence);
            });
  }

  /** What a flaw is held against the peer for; nothing when an honest one may not know better. */
  private static Optional<Offence> offence(VertexFlaw flaw) {
    return switch (flaw) {
      case BAD_SIGNATURE, BAD_ENTRY_SIGNATURE, BAD_EVIDENCE -> Optional.of(Offence.FORGED);
      case OTHER_CHAIN, UNKNOWN_AUTHOR, UNKNOWN_PARENT_AUTHOR, MISPLACED_ENTRY, BAD_FRONTIER ->
          Optional.of(Offence.MALFORMED);
      case CONVICTED_AUTHOR, TOO_MUCH_HELD -> Optional.empty();
    };
  }

  @Override
  public void stands(int held, int orphans) {
    metrics.vertices(held, orphans);
  }

  @Override
  public void failed(Throwable reason) {
    onFailure.accept(reason);
  }
}
