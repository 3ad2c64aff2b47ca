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
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The streams to other validators, each pinned to the TLS key that their set names. */
final class PeerLinks implements AutoCloseable {
  private record Linked(Member member, PeerLink link) {}

  private final NavigableMap<Integer, Linked> links = new ConcurrentSkipListMap<>();
  private final Outboxes<PeerFrame> outboxes;
  private final PinnedChannels channels;
  private final Function<String, String> address;
  private final IntConsumer onConnected;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("peer-links").factory());
  private boolean open;
  private boolean closed;

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
    this.outboxes = new Outboxes<>(outboxBytes);
    this.channels = channels;
    this.address = address;
    this.onConnected = onConnected;
    follow(others);
  }

  /** From now on to these and no others; what is open to one that stays remains open. */
  synchronized void follow(List<Member> others) {
    if (closed) {
      return;
    }
    for (Linked linked : List.copyOf(links.values())) {
      if (!others.contains(linked.member())) {
        links.remove(linked.member().index());
        linked.link().close();
      }
    }
    for (Member member : others) {
      if (!links.containsKey(member.index())) {
        PeerLink link = link(member);
        links.put(member.index(), new Linked(member, link));
        if (open) {
          link.open();
        }
      }
    }
  }

  /** What may wait to be sent to all of them, bytes, from now on. */
  void share(long outboxBytes) {
    outboxes.resize(outboxBytes);
  }

  private PeerLink link(Member member) {
    ManagedChannel channel = channels.to(address.apply(member.name()), member.tlsFingerprint());
    return new PeerLink(channel, clock, outboxes, () -> onConnected.accept(member.index()));
  }

  synchronized void open() {
    open = true;
    links.values().forEach(linked -> linked.link().open());
  }

  static PeerFrame frame(Message message) {
    return PeerFrame.newBuilder().setConsensus(ByteString.copyFrom(message.toBytes())).build();
  }

  static PeerFrame frame(DagMessage message) {
    return PeerFrame.newBuilder().setAttestation(ByteString.copyFrom(message.toBytes())).build();
  }

  void send(int peer, PeerFrame frame) {
    Optional.ofNullable(links.get(peer)).ifPresent(linked -> linked.link().send(frame));
  }

  void broadcast(PeerFrame frame) {
    links.values().forEach(linked -> linked.link().send(frame));
  }

  void heard(int peer) {
    Optional.ofNullable(links.get(peer)).ifPresent(linked -> linked.link().heard());
  }

  int connected() {
    return connectedPeers().size();
  }

  /** The indices of the members to which a stream is open, rising. */
  List<Integer> connectedPeers() {
    return links.entrySet().stream()
        .filter(linked -> linked.getValue().link().isConnected())
        .map(Map.Entry::getKey)
        .toList();
  }

  int total() {
    return links.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    links.values().forEach(linked -> linked.link().close());
    clock.shutdownNow();
  }
}
