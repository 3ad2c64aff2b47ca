package dev.qudag.node.net;

import dev.qudag.crypto.Digest;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.function.Predicate;

/**
 * Who may call a service. The others are refused before a byte of their request is read: gRPC keeps
 * a request of one message in memory until it is whole, so a method that asks would ask too late.
 *
 * @param who names those that may call
 * @param allowed is asked with the fingerprint of the caller's TLS key
 */
public record Callers(String who, Predicate<Digest> allowed) {
  /** The service, for these callers only. */
  public ServerServiceDefinition guard(BindableService service) {
    return ServerInterceptors.intercept(service, new Guard(this));
  }

  private record Guard(Callers callers) implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      PeerIdentity.require(callers.who(), callers.allowed());
      return next.startCall(call, headers);
    }
  }
}
