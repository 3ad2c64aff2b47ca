package dev.qudag.node.net;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.util.MutableHandlerRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Services of a running server. A method that is not served yet is UNAVAILABLE, so that callers try
 * again.
 */
final class LateServices extends HandlerRegistry {
  private final MutableHandlerRegistry known = new MutableHandlerRegistry();

  void add(ServerServiceDefinition service) {
    known.addService(service);
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    ServerMethodDefinition<?, ?> method = known.lookupMethod(name, authority);
    return method != null ? method : unavailable(name);
  }

  private static ServerMethodDefinition<byte[], byte[]> unavailable(String name) {
    var method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .setFullMethodName(name)
            .setRequestMarshaller(Bytes.MARSHALLER)
            .setResponseMarshaller(Bytes.MARSHALLER)
            .build();
    return ServerMethodDefinition.create(method, LateServices::refuse);
  }

  private static ServerCall.Listener<byte[]> refuse(
      ServerCall<byte[], byte[]> call, Metadata headers) {
    String method = call.getMethodDescriptor().getFullMethodName();
    call.close(
        Status.UNAVAILABLE.withDescription(method + " is not served by this node (yet)"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    MARSHALLER;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
