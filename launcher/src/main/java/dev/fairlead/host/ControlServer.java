package dev.fairlead.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the command line: one line in, one line out, over a socket in the state folder, which
 * only its owner can open.
 */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final int LINE_CHARS_MAX = 4096;
  private static final int CONNECTIONS_MAX = 32;

  private final ServerSocketChannel socket;
  private final Path path;
  private final UnaryOperator<String> answers;
  private final Semaphore connections = new Semaphore(CONNECTIONS_MAX);

  private ControlServer(ServerSocketChannel socket, Path path, UnaryOperator<String> answers) {
    this.socket = socket;
    this.path = path;
    this.answers = answers;
  }

  /** Starts to answer. An older socket file, left by a crash, is replaced. */
  public static ControlServer start(Path path, UnaryOperator<String> answers) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(path));
    ControlServer server = new ControlServer(socket, path, answers);
    Thread.ofVirtual().name("control").start(server::accept);
    return server;
  }

  /**
   * Asks the server behind a socket.
   *
   * @return its line
   * @throws IOException when nobody answers
   */
  public static String ask(Path path, String question) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      write(channel, question);
      channel.shutdownOutput();
      return readLine(channel);
    }
  }

  private void accept() {
    while (socket.isOpen()) {
      try {
        SocketChannel channel = socket.accept();
        connections.acquireUninterruptibly();
        Thread.ofVirtual().name("control-connection").start(() -> serve(channel));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("control socket: {}", e.getMessage());
        return;
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      write(channel, answers.apply(readLine(channel)));
    } catch (IOException e) {
      LOG.debug("control connection: {}", e.getMessage());
    } finally {
      connections.release();
    }
  }

  private static void write(SocketChannel channel, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String readLine(SocketChannel channel) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8),
            LINE_CHARS_MAX);
    StringBuilder line = new StringBuilder();
    for (int next = reader.read(); next >= 0 && next != '\n'; next = reader.read()) {
      if (line.length() == LINE_CHARS_MAX * 16) {
        throw new IOException("line too long");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    Files.deleteIfExists(path);
  }
}
