package dev.fairlead.http.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * One unary gRPC call over HTTP/2 without TLS and without upgrade ("prior knowledge"), on a socket
 * that is connected already. Blocking: the caller's thread moves the bytes between the socket and
 * Netty's codec, so neither event loop nor thread is needed. Used by one thread, for one call.
 */
public final class GrpcConnection implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final int STREAM = 1;

  private final Socket socket;
  private final long deadline;
  private final GrpcFrames frames = new GrpcFrames();
  private final Http2ConnectionHandler codec;
  private final EmbeddedChannel channel;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  private GrpcConnection(Socket socket, long deadline) {
    this.socket = socket;
    this.deadline = deadline;
    this.codec =
        new Http2ConnectionHandlerBuilder()
            .server(false)
            .frameListener(frames)
            .initialSettings(
                new Http2Settings().pushEnabled(false).maxHeaderListSize(HEADER_BYTES_MAX))
            .build();
    this.channel = new EmbeddedChannel(codec);
  }

  /**
   * Greets the other side and waits until it has greeted back.
   *
   * @param socket connected; closed with the connection
   * @param deadline by {@link System#nanoTime}, for all that follows
   * @throws IOException when the other side does not speak HTTP/2, or not in time
   */
  public static GrpcConnection open(Socket socket, long deadline) throws IOException {
    GrpcConnection connection = new GrpcConnection(socket, deadline);
    try {
      while (!connection.frames.greeted()) {
        connection.exchange();
      }
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Calls a method. What the other side answers, or fails to answer, is the reply.
   *
   * @param path {@code /package.Service/Method}
   * @param message in its encoded form, without gRPC's prefix
   */
  public GrpcReply call(String authority, String path, String userAgent, byte[] message) {
    try {
      send(authority, path, userAgent, message);
      while (true) {
        GrpcReply reply = frames.reply();
        if (reply != null) {
          return reply;
        }
        exchange();
      }
    } catch (SocketTimeoutException e) {
      return GrpcReply.failed(GrpcCode.DEADLINE_EXCEEDED, "context deadline exceeded");
    } catch (IOException e) {
      return GrpcReply.failed(GrpcCode.UNAVAILABLE, "error reading from server: " + e.getMessage());
    }
  }

  private void send(String authority, String path, String userAgent, byte[] message)
      throws IOException {
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .path(path)
            .authority(authority)
            .add("content-type", "application/grpc")
            .add("user-agent", userAgent)
            .add("te", "trailers")
            .add("grpc-timeout", millisLeft() + "m");
    ByteBuf body = Unpooled.buffer(GrpcAnswer.PREFIX_BYTES + message.length);
    body.writeByte(0).writeInt(message.length).writeBytes(message);
    ChannelHandlerContext context = channel.pipeline().context(codec);
    var _ = codec.encoder().writeHeaders(context, STREAM, headers, 0, false, context.newPromise());
    var _ = codec.encoder().writeData(context, STREAM, body, 0, true, context.newPromise());
    channel.flush();
  }

  /** Sends what is to be sent, then takes in what comes next. */
  private void exchange() throws IOException {
    flush();
    socket.setSoTimeout(millisLeft());
    int count = socket.getInputStream().read(buffer);
    if (count < 0) {
      throw new EOFException("EOF");
    }
    try {
      boolean _ = channel.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
    } catch (RuntimeException e) {
      throw new IOException("connection error: " + e.getMessage(), e);
    }
    flush();
    if (!channel.isActive()) {
      throw new IOException("connection error: PROTOCOL_ERROR");
    }
  }

  private void flush() throws IOException {
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      try {
        out.readBytes(socket.getOutputStream(), out.readableBytes());
      } finally {
        boolean _ = out.release();
      }
    }
    socket.getOutputStream().flush();
  }

  private int millisLeft() throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("timed out");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  @Override
  public void close() throws IOException {
    boolean _ = channel.finishAndReleaseAll();
    socket.close();
  }
}
