package dev.qudag.transport.limit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one thread, in the order it came: events of this node itself, and messages of
 * peers, of each no more than an {@link InboundQuota} lets in.
 *
 * @param <E> the events; only one thread takes them out
 */
public final class Inbox<E> implements AutoCloseable {
  /**
   * @param event empty for one that only wakes who waits
   */
  private record Waiting<E>(Optional<E> event, Runnable taken) {}

  private final LinkedBlockingQueue<Waiting<E>> waiting = new LinkedBlockingQueue<>();
  private final List<InboundQuota> quotas;

  /**
   * @param peers how many there are, named by the numbers from 0
   * @param mostMessages how many messages of one peer may wait, at least 1
   * @param mostBytes how many bytes of one peer; a message that is larger than that waits alone
   */
  public Inbox(int peers, int mostMessages, long mostBytes) {
    this.quotas =
        Stream.generate(() -> new InboundQuota(mostMessages, mostBytes)).limit(peers).toList();
  }

  /** Takes in an event of this node itself. */
  public void add(E event) {
    waiting.add(new Waiting<>(Optional.of(event), () -> {}));
  }

  /** Has the thread that takes events out come back without one, when it has taken the rest. */
  public void wake() {
    waiting.add(new Waiting<>(Optional.empty(), () -> {}));
  }

  /**
   * Takes in what a peer sent. Waits while too much of that peer waits here; drops it once this is
   * closed.
   *
   * @param bytes the size of the message
   */
  public void receive(int peer, E event, int bytes) throws InterruptedException {
    InboundQuota quota = quotas.get(peer);
    if (quota.acquire(bytes)) {
      waiting.add(new Waiting<>(Optional.of(event), () -> quota.release(bytes)));
    }
  }

  /**
   * Takes out the event that waits longest; empty when none has come within the time, or when this
   * was woken.
   */
  public Optional<E> poll(Duration patience) throws InterruptedException {
    return taken(waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Takes out the event that waits longest, if there is one and it is of this kind. */
  public <K extends E> Optional<K> pollIf(Class<K> kind) {
    Waiting<E> next = waiting.peek();
    return next != null && next.event().filter(kind::isInstance).isPresent()
        ? taken(waiting.poll()).map(kind::cast)
        : Optional.empty();
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Lets every peer that waits go away empty-handed. */
  @Override
  public void close() {
    quotas.forEach(InboundQuota::close);
  }

  private Optional<E> taken(@Nullable Waiting<E> next) {
    if (next == null) {
      return Optional.empty();
    }
    next.taken().run();
    return next.event();
  }
}
