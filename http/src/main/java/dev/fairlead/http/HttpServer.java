package dev.fairlead.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 and HTTP/2 server, with or without TLS. One server listens on any number of
 * addresses; every request runs the one handler on a virtual thread of its own.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
public final class HttpServer implements AutoCloseable {
  private static final long GRACE_MILLIS = 2000;

  private final Connections connections;
  private final @Nullable SslContext tls;
  private final EventLoopGroup loops;
  private final Class<? extends ServerChannel> channelType;
  private final List<Channel> listeners = new CopyOnWriteArrayList<>();

  /**
   * A server that does not listen yet.
   *
   * @param name of its threads
   * @param tls null for plain HTTP
   */
  public HttpServer(
      String name, HttpServerSettings settings, @Nullable Tls tls, HttpHandler handler) {
    ClientVerifier clients =
        tls == null || tls.clientAuthorities().isEmpty()
            ? null
            : new ClientVerifier(tls.clientAuthorities());
    this.connections = new Connections(name, settings, handler, clients);
    this.tls = tls == null ? null : TlsContexts.server(tls, clients);
    boolean epoll = Epoll.isAvailable();
    this.loops =
        new MultiThreadIoEventLoopGroup(
            settings.threads(),
            new DefaultThreadFactory(name, true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.channelType = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /**
   * Listens on one more address. The socket is made on the calling thread, so it belongs to that
   * thread's network namespace.
   *
   * @param address port 0 takes a free port
   * @return the address with its real port
   * @throws IOException when the address is taken, foreign or not permitted, in one sentence
   */
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(channelType)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(64 * 1024, 256 * 1024))
            .childHandler(new Pipeline(connections, tls))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw refused(address, bound.cause());
    }
    listeners.add(bound.channel());
    return (InetSocketAddress) bound.channel().localAddress();
  }

  /** Stops listening, lets running requests end for a moment, then closes every connection. */
  @Override
  public void close() {
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    connections.close(GRACE_MILLIS);
    loops.shutdownGracefully(0, GRACE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  private static IOException refused(InetSocketAddress address, Throwable cause) {
    String where = address.getHostString() + ":" + address.getPort();
    boolean taken =
        cause instanceof BindException || String.valueOf(cause.getMessage()).contains("in use");
    return taken
        ? new BindException("cannot listen on %s: %s".formatted(where, cause.getMessage()))
        : new IOException("cannot listen on %s: %s".formatted(where, cause.getMessage()), cause);
  }
}
