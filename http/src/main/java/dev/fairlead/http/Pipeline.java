package dev.fairlead.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Puts the handlers of a new connection together. HTTP/1.1: timeouts, codec, exchanges. HTTP/2: one
 * child channel per stream, which speaks the same message objects as HTTP/1.1, so exchanges are the
 * same code.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
final class Pipeline extends ChannelInitializer<Channel> {
  static final String CODEC = "codec";
  static final String TIMEOUTS = "timeouts";

  /** Streams that a peer may open and reset at once: more is an attack (CVE-2023-44487). */
  private static final int RESETS_MAX = 400;

  private static final int RESETS_SECONDS = 30;

  /** Answers to pings, settings and resets that a peer may leave unread. */
  private static final int CONTROL_FRAMES_MAX = 2000;

  private static final int EMPTY_FRAMES_MAX = 16;

  private final Connections connections;
  private final @Nullable SslContext tls;

  Pipeline(Connections connections, @Nullable SslContext tls) {
    this.connections = connections;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!connections.admit(channel)) {
      channel.close();
      return;
    }
    if (tls == null) {
      http1(channel.pipeline());
      return;
    }
    SslHandler handler = tls.newHandler(channel.alloc());
    handler.setHandshakeTimeoutMillis(connections.settings().headerTimeout().toMillis());
    channel.pipeline().addLast(handler).addLast(new Negotiated());
  }

  private void http1(ChannelPipeline pipeline) {
    HttpServerSettings settings = connections.settings();
    HttpDecoderConfig bounds =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(settings.headerBytesMax())
            .setMaxHeaderSize(settings.headerBytesMax())
            .setMaxChunkSize(64 * 1024);
    pipeline.addLast(TIMEOUTS, new Timeouts(settings));
    pipeline.addLast(CODEC, new HttpServerCodec(bounds));
    pipeline.addLast(new Exchanges(connections, false));
  }

  private void http2(ChannelPipeline pipeline) {
    HttpServerSettings settings = connections.settings();
    Http2Settings initial =
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(settings.streamsMax())
            .maxHeaderListSize(settings.headerBytesMax())
            .initialWindowSize(256 * 1024);
    pipeline.addLast(
        new Http2Codec()
            .initialSettings(initial)
            .decoderEnforceMaxRstFramesPerWindow(RESETS_MAX, RESETS_SECONDS)
            .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_FRAMES_MAX)
            .encoderEnforceMaxQueuedControlFrames(CONTROL_FRAMES_MAX)
            .gracefulShutdownTimeoutMillis(1000)
            .build());
    pipeline.addLast(new Http2MultiplexHandler(new Streams()));
    pipeline.addLast(new Http2Idle(settings.idleTimeout()));
  }

  /** After the TLS handshake: the protocol that ALPN chose. */
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    Negotiated() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        http2(context.pipeline());
      } else {
        http1(context.pipeline());
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** One HTTP/2 stream. */
  private final class Streams extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
      channel.pipeline().addLast(new Exchanges(connections, true));
    }
  }
}
