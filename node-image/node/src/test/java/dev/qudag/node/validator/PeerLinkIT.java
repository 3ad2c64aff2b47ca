package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.PeerClose;
import dev.qudag.proto.PeerFrame;
import dev.qudag.proto.PeersGrpc;
import dev.qudag.transport.limit.Outboxes;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of messages to a peer that does not read them, over real gRPC. */
class PeerLinkIT {
  private static final NodeIdentity PEER = NodeIdentity.generate();
  private static final PeerFrame LARGE = frame(new byte[1024 * 1024]);
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final PeerFrame SMALL = frame(new byte[] {1});

  private final AtomicInteger connected = new AtomicInteger();
  private final ReaderOfSecondStream reader = new ReaderOfSecondStream();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  @Test
  void givesUpOnAStreamThatIsNotReadAndComesBackWithoutWhatWaited() throws Exception {
    try (NodeServer server = NodeServer.start(PEER, 0, reader);
        PeerLink link =
            new PeerLink(
                new PinnedChannels(NodeIdentity.generate())
                    .to("localhost", server.port(), PEER.tlsFingerprint()),
                clock,
                new Outboxes<>(MOST_BYTES),
                connected::incrementAndGet)) {
      link.open();
      await().until(() -> connected.get() == 1);

      await().pollInterval(Duration.ofMillis(1)).until(() -> isGivenUp(link));

      await().until(() -> connected.get() == 2);
      link.send(SMALL);
      await().until(() -> reader.frames.contains(SMALL));
      assertThat(reader.frames).as("nothing that waited").containsExactly(SMALL);
    } finally {
      clock.shutdownNow();
    }
  }

  /** Sends on until the peer has taken no more for long enough. */
  private boolean isGivenUp(PeerLink link) {
    link.send(LARGE);
    return !link.isConnected();
  }

  private static PeerFrame frame(byte[] content) {
    return PeerFrame.newBuilder().setConsensus(ByteString.copyFrom(content)).build();
  }

  private static final class ReaderOfSecondStream extends PeersGrpc.PeersImplBase {
    private final List<PeerFrame> frames = new CopyOnWriteArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();

    @Override
    public StreamObserver<PeerFrame> exchange(StreamObserver<PeerClose> answer) {
      if (streams.incrementAndGet() == 1) {
        ((ServerCallStreamObserver<PeerClose>) answer).disableAutoRequest();
      }
      return new StreamObserver<>() {
        @Override
        public void onNext(PeerFrame frame) {
          frames.add(frame);
        }

        @Override
        public void onError(Throwable reason) {}

        @Override
        public void onCompleted() {}
      };
    }
  }
}
