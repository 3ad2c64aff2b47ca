package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.crypto.Digest;
import dev.qudag.node.validator.attestation.AttestationLoop;
import dev.qudag.node.validator.pool.Bringer;
import dev.qudag.proto.PeerFrame;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Leads each frame of a validator to the part that it is for, and the answers back.
 *
 * @param onFailure told when the disk failed
 */
record IncomingFrames(
    Digest chainId,
    PeerLinks links,
    ConsensusLoop<?> loop,
    AttestationLoop attestations,
    Deliberation deliberation,
    DecisionExchange exchange,
    Consumer<Throwable> onFailure)
    implements PeersService.Inbox {
  @Override
  public void take(int peer, PeerFrame frame) throws InterruptedException {
    links.heard(peer);
    switch (frame.getFrameCase()) {
      case CONSENSUS ->
          loop.receive(
              peer,
              Message.ofBytes(frame.getConsensus().toByteArray()),
              frame.getConsensus().size());
      case ATTESTATION ->
          attestations.received(
              peer,
              DagMessage.ofBytes(frame.getAttestation().toByteArray()),
              frame.getAttestation().size());
      case DECISION -> heardOf(peer, Decision.decode(frame.getDecision().toByteArray()));
      case DECISIONS_HELD ->
          exchange
              .answer(peer, frame.getDecisionsHeld())
              .ifPresent(answer -> links.send(peer, answer));
      case DECISIONS_WANTED ->
          exchange.answer(frame.getDecisionsWanted()).forEach(answer -> links.send(peer, answer));
      case FRAME_NOT_SET -> {}
    }
  }

  /** What is refused for want of room is counted there; a later greeting may bring it again. */
  private void heardOf(int peer, Decision decision) {
    try {
      if (decision.chainId().equals(chainId)) {
        var ignored = deliberation.submit(decision, new Bringer.Validator(peer));
      }
    } catch (IOException e) {
      onFailure.accept(e);
    }
  }
}
