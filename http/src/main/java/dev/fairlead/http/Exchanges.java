package dev.fairlead.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of one HTTP/1.1 connection, one after the other, or the single exchange of one
 * HTTP/2 stream. Its state belongs to the event loop; the methods that other threads call hand over
 * to it. Pipelined requests wait in {@code waiting} and meanwhile nothing more is read, except that
 * a peer's leaving is noticed.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
final class Exchanges extends ChannelInboundHandlerAdapter {
  private static final long LINGER_MILLIS = 2000;

  private final Connections connections;
  private final boolean multiplexed;
  private final ArrayDeque<Object> waiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable NettyExchange current;
  private boolean requestComplete;
  private boolean keepAlive;
  private boolean continueExpected;
  private boolean lingering;

  Exchanges(Connections connections, boolean multiplexed) {
    this.connections = connections;
    this.multiplexed = multiplexed;
  }

  boolean multiplexed() {
    return multiplexed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    if (lingering) {
      ReferenceCountUtil.release(message);
    } else if (current != null && requestComplete) {
      waiting.add(message);
      regulate();
    } else {
      accept(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    NettyExchange gone = current;
    current = null;
    if (gone != null) {
      gone.gone();
    }
    inactive.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    if (current != null) {
      current.writable(changed.channel().isWritable());
    }
    changed.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
    failing.close(); // A reset, a broken TLS record: the exchange hears of it as a peer gone.
  }

  /** An outlet whose bytes travel as {@code frame} makes them. Any thread. */
  Outlet outlet(Function<ByteBuf, Object> frame, Runnable onEnd) {
    return new Outlet(channel(), frame, onEnd, connections.settings().idleTimeout());
  }

  /** Sends the head of an answer; at once, or together with the first bytes of its body. */
  void send(HttpResponse head, boolean flush) {
    onLoop(() -> {
      if (!multiplexed && (!keepAlive || !requestComplete || connections.closing())) {
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
      if (flush) {
        context().writeAndFlush(head);
      } else {
        context().write(head);
      }
    });
  }

  /** The answer's last byte is written. On the event loop. */
  void end(NettyExchange exchange, boolean keep) {
    if (current != exchange) {
      return; // The peer has gone.
    }
    context().writeAndFlush(NettyExchange.lastContent());
    boolean drained = requestComplete;
    boolean next = keep && keepAlive && drained && !connections.closing() && !multiplexed;
    current = null;
    if (next) {
      timeouts().exchangeComplete();
      acceptWaiting();
    } else if (multiplexed) {
      endStream(drained);
    } else {
      linger();
    }
  }

  /** Cuts the connection or resets the stream. Any thread. */
  void abort() {
    onLoop(() -> context().close());
  }

  RawConnection rawConnection() {
    return new RawConnection(channel(), connections.settings());
  }

  /**
   * Answers 101 and leaves the connection to {@code raw}, which hears of it when that has gone
   * meanwhile. Any thread.
   */
  void switchTo(HttpResponse head, RawConnection raw) {
    onLoop(() -> {
      if (!channel().isActive()) {
        raw.gone(); // Its handler would come too late to be told.
        return;
      }
      ChannelHandlerContext here = context();
      here.writeAndFlush(head);
      here.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      long idleMillis = connections.settings().upgradedIdleTimeout().toMillis();
      here.pipeline().addLast(new IdleStateHandler(0, 0, idleMillis, TimeUnit.MILLISECONDS));
      here.pipeline().addLast(raw.handler());
      here.pipeline().remove(Pipeline.TIMEOUTS);
      here.pipeline().remove(this);
      here.pipeline().remove(Pipeline.CODEC);
      here.channel().config().setAutoRead(true);
    });
  }

  private void accept(Object message) {
    try {
      if (message instanceof HttpRequest request) {
        begin(request);
      }
      if (message instanceof HttpContent content && current != null && !lingering) {
        take(content, current.body());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest message) {
    if (!multiplexed) {
      timeouts().headersComplete();
    }
    DecoderResult decoded = message.decoderResult();
    if (decoded.isFailure()) {
      refuse(decoded.cause());
      return;
    }
    HttpServerSettings settings = connections.settings();
    if (message.headers().size() > settings.headersMax()) {
      refuse(
          new TooLongHttpHeaderException("more than " + settings.headersMax() + " header fields"));
      return;
    }
    keepAlive = HttpUtil.isKeepAlive(message);
    requestComplete = false;
    continueExpected = HttpUtil.is100ContinueExpected(message);
    Inlet body =
        new Inlet(
            settings.bodyBytesMax(),
            settings.idleTimeout(),
            () -> onLoop(this::sendContinue),
            () -> onLoop(this::regulate));
    body.announce(HttpUtil.getContentLength(message, 0L));
    try {
      boolean http11 = message.protocolVersion().equals(HttpVersion.HTTP_1_1);
      Channel connection = multiplexed ? channel().parent() : channel();
      ClientCertificate client = connections.shown(connection);
      var request = Requests.of(connection, message, body, client);
      current = new NettyExchange(this, request, body, http11);
    } catch (IllegalArgumentException e) {
      refuse(e);
      return;
    }
    connections.run(current);
  }

  private void take(HttpContent content, Inlet body) {
    continueExpected = false;
    if (content.decoderResult().isFailure()) {
      body.fail(new BodyException(400, "malformed request body"));
      keepAlive = false;
      return;
    }
    body.offer(ByteBufUtil.getBytes(content.content()));
    if (content instanceof LastHttpContent) {
      requestComplete = true;
      body.end();
    }
    regulate();
  }

  private void acceptWaiting() {
    while (!waiting.isEmpty() && !lingering && !(current != null && requestComplete)) {
      accept(waiting.removeFirst());
    }
    regulate();
  }

  private void regulate() {
    NettyExchange running = current;
    boolean read = waiting.isEmpty() && (running == null || !running.body().full());
    channel().config().setAutoRead(read || lingering);
  }

  private void sendContinue() {
    if (continueExpected && current != null) {
      continueExpected = false;
      context()
          .writeAndFlush(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private void refuse(@Nullable Throwable cause) {
    HttpResponseStatus status =
        switch (cause) {
          case TooLongHttpLineException e -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
          case TooLongHttpHeaderException e -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
          case null, default -> HttpResponseStatus.BAD_REQUEST;
        };
    String why = status + (cause == null ? "" : ": " + cause.getMessage()) + "\n";
    ByteBuf body = Unpooled.copiedBuffer(why, StandardCharsets.UTF_8);
    DefaultFullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    if (!multiplexed) {
      answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    context().writeAndFlush(answer);
    if (multiplexed) {
      endStream(false);
    } else {
      linger();
    }
  }

  /** A stream whose request was not read to its end is reset without blame. */
  private void endStream(boolean drained) {
    if (!drained) {
      lingering = true;
      context()
          .writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /**
   * Closes so that the peer can still read the answer: our side is shut first, and what the peer
   * goes on sending is dropped until it closes or time is up.
   */
  private void linger() {
    lingering = true;
    Channel channel = channel();
    if (requestComplete) {
      context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    channel.config().setAutoRead(true);
    channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Timeouts timeouts() {
    return (Timeouts) channel().pipeline().get(Pipeline.TIMEOUTS);
  }

  private Channel channel() {
    return context().channel();
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context, "the handler is not in a pipeline");
  }

  private void onLoop(Runnable action) {
    try {
      channel().eventLoop().execute(action);
    } catch (RejectedExecutionException e) {
      channel().close(); // The server is closed; the exchange hears of it as a peer gone.
    }
  }
}
