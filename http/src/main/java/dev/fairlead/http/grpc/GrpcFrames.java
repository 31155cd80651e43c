package dev.fairlead.http.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/** Hears the frames of a connection that carries one call. */
final class GrpcFrames extends Http2FrameAdapter {
  private final GrpcAnswer answer = new GrpcAnswer();
  private boolean greeted;
  private @Nullable GrpcReply reply;

  /** Whether the other side has shown that it speaks HTTP/2. */
  boolean greeted() {
    return greeted;
  }

  /** How the call ended; null while it goes on. */
  @Nullable GrpcReply reply() {
    return reply;
  }

  private void take(@Nullable GrpcReply next) {
    if (reply == null) {
      reply = next;
    }
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
    greeted = true;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean last) {
    take(answer.headers(headers, last));
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean last) {
    take(answer.headers(headers, last));
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) {
    int bytes = data.readableBytes() + padding;
    take(answer.data(data, last));
    return bytes;
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext context, int stream, long error) {
    take(GrpcAnswer.reset(error));
  }

  @Override
  public void onGoAwayRead(
      ChannelHandlerContext context, int lastStream, long error, ByteBuf debug) {
    if (error != Http2Error.NO_ERROR.code() || lastStream == 0) {
      take(
          GrpcReply.failed(
              GrpcCode.UNAVAILABLE,
              "closing transport due to: received GOAWAY with error code: "
                  + Http2Error.valueOf(error)));
    }
  }
}
