package dev.qudag.node.net;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers a server-streaming call from a thread that may block: {@link #send} waits until the
 * reader keeps up, so that a slow one costs no memory.
 */
public final class StreamWriter<T> {
  private static final System.Logger LOG = System.getLogger(StreamWriter.class.getName());

  private final ServerCallStreamObserver<T> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile @Nullable Status ended;

  /** What answers; throws {@code StatusRuntimeException} to refuse. */
  @FunctionalInterface
  public interface Body<T> {
    void write(StreamWriter<T> out) throws Exception;
  }

  private StreamWriter(ServerCallStreamObserver<T> call) {
    this.call = call;
  }

  /**
   * Runs the body on a virtual thread of its own and ends the call when it ends. Call it from the
   * service's method.
   *
   * @return what answers, for whoever may have to end it
   */
  public static <T> StreamWriter<T> answer(StreamObserver<T> observer, Body<T> body) {
    var writer = new StreamWriter<T>((ServerCallStreamObserver<T>) observer);
    writer.call.setOnReadyHandler(writer::signal);
    writer.call.setOnCancelHandler(writer::signal);
    Thread.startVirtualThread(() -> writer.run(body));
    return writer;
  }

  private void run(Body<T> body) {
    try {
      body.write(this);
      call.onCompleted();
    } catch (CancellationException e) {
      // The reader has gone: nobody is left to tell.
    } catch (StatusRuntimeException e) {
      call.onError(e);
    } catch (InterruptedException e) {
      call.onError(Status.UNAVAILABLE.withDescription("the node ends").asRuntimeException());
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "a stream failed", e);
      call.onError(Status.INTERNAL.withDescription(e.toString()).withCause(e).asRuntimeException());
    }
  }

  /**
   * Sends one message when the reader can take it.
   *
   * @throws CancellationException when the reader has gone
   */
  public void send(T message) throws InterruptedException {
    lock.lock();
    try {
      while (!call.isReady() && !call.isCancelled() && ended == null) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    requireReader();
    call.onNext(message);
  }

  /**
   * Asks whether there is anybody to answer.
   *
   * @throws CancellationException when the reader has gone
   * @throws StatusRuntimeException when {@link #end} was called
   */
  public void requireReader() {
    if (call.isCancelled()) {
      throw new CancellationException("the reader has gone");
    }
    Status why = ended;
    if (why != null) {
      throw why.asRuntimeException();
    }
  }

  /** Ends the call from without: the body sees it when it sends, or asks for its reader. */
  public void end(Status why) {
    ended = why;
    signal();
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
