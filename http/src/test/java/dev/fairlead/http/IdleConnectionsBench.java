package dev.fairlead.http;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What idle connections cost the server: TLS 1.3, HTTP/2 by ALPN, the peers in a process of their
 * own. See {@code bench/connections}.
 */
final class IdleConnectionsBench {
  private static final Duration LONG = Duration.ofMinutes(30);

  private IdleConnectionsBench() {}

  /** The number of connections; or {@code peers}, the number and the port. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("peers")) {
      peers(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    } else {
      server(Integer.parseInt(arguments[0]));
    }
  }

  private static void server(int count) throws Exception {
    HttpServerSettings settings =
        HttpServerSettings.DEFAULT.withTimeouts(LONG, LONG).withConnectionsMax(count + 10);
    try (HttpServer server =
        new HttpServer(
            "bench",
            settings,
            new TestCertificates().server(false),
            exchange -> exchange.respond(200, List.of(), new byte[0]))) {
      int port =
          server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).getPort();
      Process warm = start(10, port);
      long heapBefore = heapBytes();
      long residentBefore = residentBytes();
      Process peers = start(count, port);
      long heap = heapBytes() - heapBefore;
      long resident = residentBytes() - residentBefore;
      System.out.printf(
          "%,d idle connections: %,d bytes of heap and %,d bytes resident each%n",
          count, heap / count, resident / count);
      warm.destroy();
      peers.destroy();
    }
  }

  /** Starts the peers and waits until all of them are connected. */
  private static Process start(int count, int port) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx1g",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                IdleConnectionsBench.class.getName(),
                "peers",
                Integer.toString(count),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() < 0) {
      throw new IOException("the peers did not connect");
    }
    return process;
  }

  private static void peers(int count, int port) throws Exception {
    SSLContext context = AnyCertificate.context();
    List<SSLSocket> idle = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      idle.add(socket);
    }
    System.out.println(idle.size());
    Thread.currentThread().join();
  }

  private static long heapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }
}
