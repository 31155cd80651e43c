package dev.fairlead.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DecoratingHttp2FrameWriter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AsciiString;

/**
 * Builds the codec of a server's HTTP/2 connection. Netty answers headers that are too large with
 * 431 and then resets the stream with PROTOCOL_ERROR; a client that reads the reset before it has
 * looked at the answer loses the answer. Here the complete answer is the last frame of its stream,
 * as RFC 9113, section 8.1, allows.
 */
final class Http2Codec extends Http2FrameCodecBuilder {
  Http2Codec() {
    server(true);
  }

  @Override
  protected Http2FrameCodec build(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    return super.build(decoder, new Encoder(encoder), settings);
  }

  private static final class Encoder extends DecoratingHttp2ConnectionEncoder {
    private static final HttpResponseStatus TOO_LARGE =
        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
    private final Http2FrameWriter writer;
    private int refused;

    Encoder(Http2ConnectionEncoder encoder) {
      super(encoder);
      writer = new Writer(encoder.frameWriter());
    }

    @Override
    public Http2FrameWriter frameWriter() {
      return writer;
    }

    @Override
    public ChannelFuture writeHeaders(
        ChannelHandlerContext context,
        int stream,
        Http2Headers headers,
        int padding,
        boolean end,
        ChannelPromise promise) {
      if (AsciiString.contentEquals(TOO_LARGE.codeAsText(), headers.status())) {
        refused = stream;
      }
      return super.writeHeaders(context, stream, headers, padding, end, promise);
    }

    /** What is written without the encoder's bookkeeping: resets, among others. */
    private final class Writer extends DecoratingHttp2FrameWriter {
      Writer(Http2FrameWriter writer) {
        super(writer);
      }

      @Override
      public ChannelFuture writeRstStream(
          ChannelHandlerContext context, int stream, long error, ChannelPromise promise) {
        return stream == refused
            ? promise.setSuccess()
            : super.writeRstStream(context, stream, error, promise);
      }
    }
  }
}
