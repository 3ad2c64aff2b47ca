package dev.qudag.transport;

import dev.qudag.transport.limit.ConnectionCount;
import dev.qudag.transport.limit.ConnectionLimits;
import dev.qudag.transport.limit.SteadyClock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands at a server's port: lets a connection in, with a watch on it, or closes it before it costs
 * anything, when there are too many.
 */
@ChannelHandler.Sharable
final class Doorkeeper extends ChannelInboundHandlerAdapter {
  private final ConnectionCount<InetAddress> count;
  private final Map<SocketAddress, Channel> open = new ConcurrentHashMap<>();
  private final TlsConnections connections;
  private final RefusalLog log;

  Doorkeeper(ConnectionLimits limits, TlsConnections connections, RefusalLog log) {
    this.count = new ConnectionCount<>(limits, SteadyClock.system());
    this.connections = connections;
    this.log = log;
  }

  /**
   * Ends the connection of a peer at once, without the wait for its calls that HTTP/2 knows. True
   * when it was open and nobody had cut it.
   */
  boolean cut(SocketAddress peer) {
    Channel connection = open.remove(peer);
    if (connection == null) {
      return false;
    }
    var unused = connection.pipeline().firstContext().close();
    return true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
    if (accepted instanceof Channel connection
        && connection.remoteAddress() instanceof InetSocketAddress peer) {
      Optional<String> refusal = count.refusal(peer.getAddress());
      if (refusal.isPresent()) {
        connections.refused(Refusal.Reason.CONNECTIONS);
        log.refused(
            LinkSide.SERVER,
            String.valueOf(peer),
            new Refusal(Refusal.Reason.CONNECTIONS, refusal.get()));
        connection.unsafe().closeForcibly();
        return;
      }
      ConnectionCount<InetAddress>.Admitted admitted = count.admit(peer.getAddress());
      open.put(peer, connection);
      connection
          .closeFuture()
          .addListener(
              closed -> {
                open.remove(peer, connection);
                admitted.closed();
              });
      connection
          .pipeline()
          .addLast(new ConnectionWatch(LinkSide.SERVER, connections, log, admitted::established));
    }
    super.channelRead(context, accepted);
  }
}
