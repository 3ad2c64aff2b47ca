package dev.qudag.node.validator;

import dev.qudag.proto.PeerClose;
import dev.qudag.proto.PeerFrame;
import dev.qudag.proto.PeersGrpc;
import dev.qudag.transport.limit.Outbox;
import dev.qudag.transport.limit.Outboxes;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The stream to one other validator, opened again whenever it breaks. What is sent while there is
 * none is lost; whoever needs it sent hears of each new stream. A peer that does not read in time,
 * or for which the most waits when all links together have no room, loses all that waits for it,
 * and the stream: it catches up over the next one.
 *
 * <pre>
 *   closed -- open --> opening -- ready --> open (connected) -- error, or too much waits --> waiting -- delay --> opening
 * </pre>
 */
final class PeerLink implements AutoCloseable {
  private static final int MOST_FRAMES_WAITING = 8192;

  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long LONGEST_DELAY_MILLIS = 1600;

  private final ManagedChannel channel;
  private final ScheduledExecutorService clock;
  private final Runnable onConnected;
  private final Outbox<PeerFrame> waiting;
  private @Nullable ClientCallStreamObserver<PeerFrame> stream;
  private boolean connected;
  private boolean closed;
  private long delayMillis = FIRST_DELAY_MILLIS;

  /**
   * @param outboxes of all links of the process, which share one budget
   */
  PeerLink(
      ManagedChannel channel,
      ScheduledExecutorService clock,
      Outboxes<PeerFrame> outboxes,
      Runnable onConnected) {
    this.channel = channel;
    this.waiting = outboxes.open(MOST_FRAMES_WAITING, () -> clock.execute(this::giveUpStream));
    this.clock = clock;
    this.onConnected = onConnected;
  }

  void open() {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    channel.resetConnectBackoff();
    var answers =
        new ClientResponseObserver<PeerFrame, PeerClose>() {
          @Override
          public void beforeStart(ClientCallStreamObserver<PeerFrame> started) {
            started.setOnReadyHandler(() -> ready(started));
          }

          @Override
          public void onNext(PeerClose close) {}

          @Override
          public void onError(Throwable reason) {
            lost();
          }

          @Override
          public void onCompleted() {
            lost();
          }
        };
    PeersGrpc.newStub(channel).withWaitForReady().exchange(answers);
  }

  private void ready(ClientCallStreamObserver<PeerFrame> ready) {
    boolean isNew;
    synchronized (this) {
      isNew = !connected;
      connected = true;
      stream = ready;
      drain();
    }
    if (isNew) {
      onConnected.run();
    }
  }

  private synchronized void lost() {
    connected = false;
    stream = null;
    waiting.clear();
    if (!closed) {
      var unused = clock.schedule(this::open, delayMillis, TimeUnit.MILLISECONDS);
      delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
    }
  }

  synchronized void send(PeerFrame frame) {
    if (!connected || closed) {
      return;
    }
    if (waiting.offer(frame, frame.getSerializedSize())) {
      drain();
    } else {
      giveUpStream();
    }
  }

  private synchronized void giveUpStream() {
    if (stream != null) {
      stream.cancel("the peer does not read", null);
    }
  }

  private void drain() {
    while (stream != null && stream.isReady() && !waiting.isEmpty()) {
      waiting.poll().ifPresent(stream::onNext);
    }
  }

  synchronized boolean isConnected() {
    return connected;
  }

  /** The peer spoke: it is up, so there is no reason to wait long before the next try. */
  synchronized void heard() {
    delayMillis = FIRST_DELAY_MILLIS;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      waiting.close();
      if (stream != null) {
        stream.cancel("this validator ends", null);
      }
    }
    channel.shutdownNow();
  }
}
