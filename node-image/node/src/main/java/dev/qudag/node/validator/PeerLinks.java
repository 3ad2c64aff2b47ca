package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.PeerFrame;
import dev.qudag.transport.limit.Outboxes;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The streams to all other validators, each pinned to the TLS key that genesis names. */
final class PeerLinks implements AutoCloseable {
  private final NavigableMap<Integer, PeerLink> links = new TreeMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("peer-links").factory());

  /**
   * @param address {@code host:port} of a member by its name
   * @param outboxBytes of what may wait to be sent to all of them
   * @param onConnected told of the index of a member when a stream to it was opened, or opened anew
   */
  PeerLinks(
      List<Member> others,
      PinnedChannels channels,
      Function<String, String> address,
      long outboxBytes,
      IntConsumer onConnected) {
    var outboxes = new Outboxes<PeerFrame>(outboxBytes);
    for (Member member : others) {
      ManagedChannel channel = channels.to(address.apply(member.name()), member.tlsFingerprint());
      links.put(
          member.index(),
          new PeerLink(channel, clock, outboxes, () -> onConnected.accept(member.index())));
    }
  }

  void open() {
    links.values().forEach(PeerLink::open);
  }

  static PeerFrame frame(Message message) {
    return PeerFrame.newBuilder().setConsensus(ByteString.copyFrom(message.toBytes())).build();
  }

  static PeerFrame frame(DagMessage message) {
    return PeerFrame.newBuilder().setAttestation(ByteString.copyFrom(message.toBytes())).build();
  }

  void send(int peer, PeerFrame frame) {
    Optional.ofNullable(links.get(peer)).ifPresent(link -> link.send(frame));
  }

  void broadcast(PeerFrame frame) {
    links.values().forEach(link -> link.send(frame));
  }

  void heard(int peer) {
    Optional.ofNullable(links.get(peer)).ifPresent(PeerLink::heard);
  }

  int connected() {
    return connectedPeers().size();
  }

  /** The indices of the members to which a stream is open, rising. */
  List<Integer> connectedPeers() {
    return links.entrySet().stream()
        .filter(link -> link.getValue().isConnected())
        .map(Map.Entry::getKey)
        .toList();
  }

  int total() {
    return links.size();
  }

  @Override
  public void close() {
    links.values().forEach(PeerLink::close);
    clock.shutdownNow();
  }
}
