package dev.qudag.node.hub;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.tls.PinnedTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;

/**
 * One question by HTTPS to a server whose key is known; the JDK's client resets the engine's
 * settings.
 */
final class TestingHttps {
  record Answer(int status, String body) {}

  private TestingHttps() {}

  static Answer get(int port, Digest fingerprint, String path, String authorization)
      throws Exception {
    SSLEngine engine = PinnedTls.context(Optional.empty(), fingerprint::equals).createSSLEngine();
    engine.setUseClientMode(true);
    var answer = new CompletableFuture<Answer>();
    var threads = new NioEventLoopGroup(1);
    try {
      Channel channel =
          new Bootstrap()
              .group(threads)
              .channel(NioSocketChannel.class)
              .handler(new Setup(engine, answer))
              .connect("localhost", port)
              .sync()
              .channel();
      var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
      request.headers().set("Host", "localhost").set("Authorization", authorization);
      channel.writeAndFlush(request).sync();
      return answer.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    } finally {
      threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static final class Setup extends ChannelInitializer<Channel> {
    private final SSLEngine engine;
    private final CompletableFuture<Answer> answer;

    Setup(SSLEngine engine, CompletableFuture<Answer> answer) {
      this.engine = engine;
      this.answer = answer;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              new SslHandler(engine),
              new HttpClientCodec(4096, 8192, 8192, true),
              new HttpObjectAggregator(16 << 20),
              new Listener(answer));
    }
  }

  private static final class Listener extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final CompletableFuture<Answer> answer;

    Listener(CompletableFuture<Answer> answer) {
      this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      answer.complete(
          new Answer(
              response.status().code(), response.content().toString(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      answer.completeExceptionally(cause);
    }
  }
}
