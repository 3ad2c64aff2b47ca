package dev.qudag.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.NodeIdentity;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller that begins messages and ends none, in frames of HTTP/2 of its own making. */
class HalfMessagesIT {
  private static final NodeIdentity NODE = NodeIdentity.generate();
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final int HALF = 3 * 1024 * 1024;

  private final TestingRefusals refusals = new TestingRefusals();
  private final Transport transport = new Transport(new TlsConnections());
  private final NioEventLoopGroup threads = new NioEventLoopGroup(1);
  private Server server;
  private ManagedChannel honest;

  @BeforeEach
  void start() throws Exception {
    server = transport.server(NODE.tls(), 0).addService(TestingEcho.service()).build().start();
    honest =
        transport
            .channel("localhost", server.getPort(), Optional.empty(), NODE.tlsFingerprint()::equals)
            .build();
    assertThat(TestingEcho.say(honest, HELLO)).isEqualTo(HELLO);
  }

  @AfterEach
  void stop() throws Exception {
    honest.shutdownNow();
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    refusals.close();
  }

  @Test
  void aConnectionThatLeavesTooMuchHalfSentIsCutAndOthersGoOn() throws Exception {
    Channel connection = connect();
    beginMessage(connection).sync();
    beginMessage(connection).sync();
    var unused = beginMessage(connection);

    assertThat(connection.closeFuture().await(20, TimeUnit.SECONDS)).as("cut").isTrue();

    await()
        .untilAsserted(
            () ->
                assertThat(refusals.lines())
                    .anyMatch(
                        line -> line.matches("refused .*: left \\d+ bytes of messages half sent")));
    assertThat(transport.connections().refused()).containsKey("half_messages");
    assertThat(TestingEcho.say(honest, HELLO)).isEqualTo(HELLO);
  }

  @Test
  void whatWasSentWholeIsNotCounted() {
    byte[] large = new byte[HALF];
    for (int i = 0; i < 5; i++) {
      assertThat(TestingEcho.say(honest, large)).hasSize(HALF);
    }
    assertThat(refusals.lines()).isEmpty();
  }

  @Test
  void whatIsGivenUpIsHeldNoLonger() throws Exception {
    Channel connection = connect();
    for (int i = 0; i < 4; i++) {
      ChannelFuture begun = beginMessage(connection).sync();
      begun.channel().close().sync();
    }
    assertThat(TestingEcho.say(honest, HELLO)).isEqualTo(HELLO);
    assertThat(connection.isOpen()).isTrue();
    connection.close().sync();
  }

  private Channel connect() throws Exception {
    Channel connection =
        new Bootstrap()
            .group(threads)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    var tls =
                        NettyTls.client(Optional.empty(), NODE.tlsFingerprint()::equals)
                            .newHandler(channel.alloc());
                    channel
                        .pipeline()
                        .addLast(
                            tls,
                            Http2FrameCodecBuilder.forClient().build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                  }
                })
            .connect("localhost", server.getPort())
            .sync()
            .channel();
    connection.pipeline().get(SslHandler.class).handshakeFuture().sync();
    return connection;
  }

  /** Sends the head of a message of 4 MiB, and three quarters of it; done when it is on its way. */
  private static ChannelFuture beginMessage(Channel connection) throws Exception {
    Http2StreamChannel call =
        new Http2StreamChannelBootstrap(connection)
            .handler(new ChannelInboundHandlerAdapter())
            .open()
            .sync()
            .get();
    var headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("https")
            .authority("localhost")
            .path("/Echo/Say")
            .add("content-type", "application/grpc")
            .add("te", "trailers");
    var unused = call.write(new DefaultHttp2HeadersFrame(headers));
    ByteBuf part = Unpooled.buffer(5 + HALF);
    part.writeByte(0).writeInt(Transport.MAX_REQUEST_BYTES).writeZero(HALF);
    return call.writeAndFlush(new DefaultHttp2DataFrame(part));
  }
}
