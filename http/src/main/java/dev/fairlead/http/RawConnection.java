package dev.fairlead.http;

import dev.fairlead.http.stream.EndActions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection after an upgrade: raw bytes, with back-pressure in both directions. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
final class RawConnection implements HttpExchange.Duplex {
  private final Channel channel;
  private final Inlet in;
  private final Outlet out;
  private final EndActions closeActions = new EndActions();

  RawConnection(Channel channel, HttpServerSettings settings) {
    this.channel = channel;
    this.in = new Inlet(Long.MAX_VALUE, null, () -> {}, this::resume);
    this.out =
        new Outlet(channel, bytes -> bytes, this::shutdownOutput, settings.upgradedIdleTimeout());
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void onClose(Runnable action) {
    closeActions.add(action);
  }

  @Override
  public void close() {
    channel.close();
  }

  ChannelInboundHandlerAdapter handler() {
    return new Receiver();
  }

  /** The connection is gone in both directions. On the event loop. */
  void gone() {
    in.end();
    out.gone();
    closeActions.end();
  }

  private void resume() {
    channel.eventLoop().execute(() -> channel.config().setAutoRead(true));
  }

  private void shutdownOutput() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (channel instanceof DuplexChannel duplex) {
      // What was written before may still wait for the peer, and a shutdown would drop it.
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> duplex.shutdownOutput());
    }
  }

  /** Belongs to the event loop. */
  private final class Receiver extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        if (message instanceof ByteBuf bytes) {
          in.offer(ByteBufUtil.getBytes(bytes));
          context.channel().config().setAutoRead(!in.full());
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
        in.end();
      } else if (event instanceof IdleStateEvent) {
        context.close();
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      out.writable(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
