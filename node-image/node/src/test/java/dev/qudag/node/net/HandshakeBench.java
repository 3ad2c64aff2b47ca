package dev.qudag.node.net;

import dev.qudag.bench.BenchReport;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.tls.PinnedTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/**
 * What a mutual handshake takes of a server's event loops, which serve the open links too: part of
 * {@code target/bench/consensus-details.json}. Never fails on a figure.
 */
class HandshakeBench {
  private static final NodeIdentity SERVER = NodeIdentity.generate();
  private static final NodeIdentity CLIENT = NodeIdentity.generate();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 4;
  private static final int MEASURED = 6;

  /** Of one server: fewer than it takes at once. */
  private static final int HANDSHAKES = 40;

  @Test
  void handshakes() throws Exception {
    NioEventLoopGroup clients = new NioEventLoopGroup(1);
    try {
      for (int i = 0; i < WARM_UP; i++) {
        shakeHands(clients);
      }
      long before = loopNanos();
      for (int i = 0; i < MEASURED; i++) {
        shakeHands(clients);
      }
      double millis = (loopNanos() - before) / 1e6 / (MEASURED * HANDSHAKES);
      var report = BenchReport.open("consensus-details");
      report.put("handshake.server_loop_cpu_ms", millis);
      report.write();
    } finally {
      clients.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  /** One after the other, each until the server has verified the client and closed it. */
  private static void shakeHands(NioEventLoopGroup clients) throws Exception {
    try (NodeServer server = NodeServer.start(SERVER, 0)) {
      for (int i = 0; i < HANDSHAKES; i++) {
        new Bootstrap()
            .group(clients)
            .channel(NioSocketChannel.class)
            .handler(new Client())
            .connect("localhost", server.port())
            .sync()
            .channel()
            .closeFuture()
            .sync();
      }
    }
  }

  /** Asks for no protocol above TLS, so the server closes once the handshake is done. */
  private static final class Client extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      SSLEngine engine =
          PinnedTls.context(Optional.of(CLIENT.tls()), SERVER.tlsFingerprint()::equals)
              .createSSLEngine();
      engine.setUseClientMode(true);
      channel.pipeline().addLast(new SslHandler(engine));
    }
  }

  private static long loopNanos() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().startsWith("transport"))
        .mapToLong(ThreadInfo::getThreadId)
        .map(THREADS::getThreadCpuTime)
        .sum();
  }
}
