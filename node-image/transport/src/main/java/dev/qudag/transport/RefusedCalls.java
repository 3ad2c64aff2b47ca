package dev.qudag.transport;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Writes the line about a caller whose key a service refuses: a server learns only by the call
 * which keys are right.
 */
final class RefusedCalls implements ServerInterceptor {
  private final TlsConnections connections;
  private final RefusalLog log;

  RefusedCalls(TlsConnections connections, RefusalLog log) {
    this.connections = connections;
    this.log = log;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var told =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            if (status.getCode() == Status.Code.PERMISSION_DENIED
                || status.getCode() == Status.Code.UNAUTHENTICATED) {
              refused(delegate(), status);
            }
            super.close(status, trailers);
          }
        };
    try {
      return next.startCall(told, headers);
    } catch (StatusRuntimeException e) {
      Metadata trailers = e.getTrailers();
      told.close(e.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
  }

  private void refused(ServerCall<?, ?> call, Status status) {
    connections.refused(Refusal.Reason.CALLER);
    log.refused(
        LinkSide.SERVER,
        String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
        new Refusal(
            Refusal.Reason.CALLER,
            call.getMethodDescriptor().getBareMethodName() + ": " + status.getDescription()));
  }
}
