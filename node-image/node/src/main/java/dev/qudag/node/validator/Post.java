package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.proto.PeerFrame;

/**
 * Brings messages of one epoch to its members, which the cores name by their place in its set and
 * the streams by the index that they keep.
 */
record Post(MemberSet set, PeerLinks links) {
  void send(int place, Message message) {
    links.send(index(place), stamped(PeerLinks.frame(message)));
  }

  void send(int place, DagMessage message) {
    links.send(index(place), stamped(PeerLinks.frame(message)));
  }

  void broadcast(Message message) {
    links.broadcast(stamped(PeerLinks.frame(message)));
  }

  void broadcast(DagMessage message) {
    links.broadcast(stamped(PeerLinks.frame(message)));
  }

  private int index(int place) {
    return set.members().get(place).index();
  }

  private PeerFrame stamped(PeerFrame frame) {
    return frame.toBuilder().setEpoch(set.epoch()).build();
  }
}
