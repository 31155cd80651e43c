package dev.fairlead.http.testing;

import dev.fairlead.http.grpc.GrpcReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gRPC server without TLS that answers each unary call by a function. */
public final class FakeGrpcServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FakeGrpcServer.class);
  private static final int PREFIX_BYTES = 5;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final ServerSocket socket;
  private final Thread acceptor;
  private final BiFunction<String, byte[], @Nullable GrpcReply> answers;

  private FakeGrpcServer(
      ServerSocket socket, BiFunction<String, byte[], @Nullable GrpcReply> answers) {
    this.socket = socket;
    this.answers = answers;
    this.acceptor = Thread.ofPlatform().daemon().name("fake-grpc").unstarted(this::accept);
  }

  /**
   * Listens on a free port of 127.0.0.1.
   *
   * @param answers from path and message to the reply; null for none at all
   */
  public static FakeGrpcServer start(BiFunction<String, byte[], @Nullable GrpcReply> answers)
      throws IOException {
    return start(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), answers);
  }

  private static FakeGrpcServer start(
      InetSocketAddress address, BiFunction<String, byte[], @Nullable GrpcReply> answers)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(address);
    FakeGrpcServer server = new FakeGrpcServer(socket, answers);
    server.acceptor.start();
    return server;
  }

  /**
   * A health service of its own process: answers SERVING while no service is named, and NotFound
   * otherwise.
   *
   * @param arguments the port; then maybe a file: while it is there, the answer is NOT_SERVING
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    InetSocketAddress any =
        new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), Integer.parseInt(arguments[0]));
    try (FakeGrpcServer _ =
        start(
            any,
            (path, message) ->
                message.length == 0
                    ? new GrpcReply(0, "", new byte[] {8, (byte) (isDown(arguments) ? 2 : 1)})
                    : new GrpcReply(5, "unknown service", new byte[0]))) {
      new CompletableFuture<Void>().join();
    }
  }

  private static boolean isDown(String[] arguments) {
    return arguments.length > 1 && Files.exists(Path.of(arguments[1]));
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** While its thread is still in the kernel, one more may be let in: so it is waited for. */
  @Override
  public void close() throws IOException {
    socket.close();
    try {
      boolean _ = acceptor.join(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofPlatform().daemon().name("fake-grpc-client").start(() -> serve(client));
      } catch (IOException e) {
        log.debug("accept ends: {}", e.getMessage());
      }
    }
  }

  private void serve(Socket client) {
    EmbeddedChannel channel = new EmbeddedChannel(Http2FrameCodecBuilder.forServer().build());
    try (client) {
      byte[] buffer = new byte[16 * 1024];
      Call call = new Call();
      while (true) {
        send(client, channel);
        int count = client.getInputStream().read(buffer);
        if (count < 0) {
          return;
        }
        boolean _ = channel.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
        for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
          call.take(frame, channel);
        }
      }
    } catch (IOException e) {
      log.debug("client ends: {}", e.getMessage());
    } finally {
      boolean _ = channel.finishAndReleaseAll();
    }
  }

  private static void send(Socket client, EmbeddedChannel channel) throws IOException {
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      out.readBytes(client.getOutputStream(), out.readableBytes());
      out.release();
    }
  }

  /** The one call of a connection. */
  private final class Call {
    private String path = "";
    private byte[] message = new byte[0];

    void take(Object frame, EmbeddedChannel channel) {
      if (frame instanceof Http2HeadersFrame headers) {
        path = String.valueOf(headers.headers().path());
      } else if (frame instanceof Http2DataFrame data) {
        ByteBuf content = data.content();
        message = new byte[content.readableBytes() - PREFIX_BYTES];
        content.skipBytes(PREFIX_BYTES).readBytes(message);
        answer(channel, data.stream());
      }
      ReferenceCountUtil.release(frame);
    }

    private void answer(EmbeddedChannel channel, Http2FrameStream stream) {
      GrpcReply reply = answers.apply(path, message);
      if (reply == null) {
        return;
      }
      ByteBuf body = Unpooled.buffer();
      body.writeByte(0).writeInt(reply.message().length).writeBytes(reply.message());
      channel.writeOutbound(
          new DefaultHttp2HeadersFrame(
                  new DefaultHttp2Headers().status("200").add("content-type", "application/grpc"))
              .stream(stream),
          new DefaultHttp2DataFrame(body).stream(stream),
          new DefaultHttp2HeadersFrame(
                  new DefaultHttp2Headers()
                      .add("grpc-status", Integer.toString(reply.code()))
                      .add("grpc-message", reply.text()),
                  true)
              .stream(stream));
    }
  }
}
