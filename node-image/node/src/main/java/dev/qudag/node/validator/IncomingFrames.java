package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.crypto.Digest;
import dev.qudag.node.validator.attestation.AttestationLoop;
import dev.qudag.node.validator.pool.Bringer;
import dev.qudag.proto.PeerFrame;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Leads each frame of a validator to the part of an epoch that it is for, and the answers back.
 *
 * @param set of the epoch; who is not in it is not heard
 * @param onFailure told when the disk failed
 */
record IncomingFrames(
    Digest chainId,
    MemberSet set,
    PeerLinks links,
    ConsensusLoop<?> loop,
    AttestationLoop attestations,
    Deliberation deliberation,
    DecisionExchange exchange,
    Consumer<Throwable> onFailure) {
  /** Takes a frame of the validator that has an index; of one that is not in the set, nothing. */
  void take(int peer, PeerFrame frame) throws InterruptedException {
    OptionalInt place = set.placeOf(peer);
    if (place.isPresent()) {
      take(peer, place.getAsInt(), frame);
    }
  }

  private void take(int peer, int place, PeerFrame frame) throws InterruptedException {
    switch (frame.getFrameCase()) {
      case CONSENSUS ->
          loop.receive(
              place,
              Message.ofBytes(frame.getConsensus().toByteArray()),
              frame.getConsensus().size());
      case ATTESTATION ->
          attestations.received(
              place,
              DagMessage.ofBytes(frame.getAttestation().toByteArray()),
              frame.getAttestation().size());
      case DECISION -> heardOf(peer, Decision.decode(frame.getDecision().toByteArray()));
      case DECISIONS_HELD ->
          exchange
              .answer(peer, frame.getDecisionsHeld())
              .ifPresent(answer -> links.send(peer, answer));
      case DECISIONS_WANTED ->
          exchange.answer(frame.getDecisionsWanted()).forEach(answer -> links.send(peer, answer));
      case EVIDENCE, READY, FRAME_NOT_SET -> {}
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
