package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.proto.UpstreamOffer;
import dev.qudag.proto.UpstreamState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/**
 * Gives the operator's word for what the hub sees at upstream. The operator has no credentials
 * there and does not look: what it says is that the Swarm wants an upstream and lands (ADR 24).
 */
final class Adoptions {
  private static final System.Logger LOG = System.getLogger(Adoptions.class.getName());

  /** What is offered, for which branch of which chain. */
  private record Wanted(Digest chainId, String branch, UpstreamOffer offer) {}

  private final NodeIdentity operator;
  private final SignedOnce<Wanted, AdoptDecision> signed = new SignedOnce<>(this::sign);

  Adoptions(NodeIdentity operator) {
    this.operator = operator;
  }

  /** Signs what is offered, unless the Swarm lands nothing now. */
  void advance(SwarmObservation observed, Hub hub) {
    Optional<UpstreamOffer> offer =
        observed.upstream().filter(UpstreamState::hasOffer).map(UpstreamState::getOffer);
    boolean wanted =
        observed.swarm().getSpec().repository().upstream() != null
            && !observed.swarm().getSpec().suspended();
    if (wanted && offer.isPresent()) {
      var genesis = hub.genesis();
      var said = new Wanted(genesis.chainId(), genesis.branch(), offer.get());
      handIn(hub, signed.of(observed.key(), said));
    }
  }

  /** What is refused was offered before something else was decided: the hub offers it anew. */
  private static void handIn(Hub hub, AdoptDecision decision) {
    try {
      var unused = hub.adoptUpstream(decision);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
        throw e;
      }
      LOG.log(System.Logger.Level.DEBUG, "the hub does not want the adoption any more", e);
    }
  }

  private AdoptDecision sign(Wanted wanted) {
    UpstreamOffer offer = wanted.offer();
    byte[] said =
        AdoptDecision.signedBytes(
            wanted.chainId(), wanted.branch(), offer.getBase(), offer.getCommit());
    return new AdoptDecision(
        wanted.chainId(),
        wanted.branch(),
        offer.getBase(),
        offer.getCommit(),
        Bytes.of(offer.getHubSignature().toByteArray()),
        operator.signingKey().sign(said));
  }

  /** Forgets a swarm that is gone. */
  void forget(SwarmKey swarm) {
    signed.forget(swarm);
  }
}
