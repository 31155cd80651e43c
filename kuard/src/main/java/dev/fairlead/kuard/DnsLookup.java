package dev.fairlead.kuard;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Looks names up the way programs in a pod do: through the search list of {@code resolv.conf}, with
 * a query of its own making, so that what comes over the wire can be shown.
 */
final class DnsLookup {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int ATTEMPTS = 2;
  private static final int UDP_BYTES_MAX = 4_096;
  private static final int STRAYS_MAX = 16;

  private final Path resolvConf;
  private final int port;
  private final IntUnaryOperator random;

  /**
   * @param port of the name servers
   * @param random a number from 0 to below its argument, for message ids
   */
  DnsLookup(Path resolvConf, int port, IntUnaryOperator random) {
    this.resolvConf = resolvConf;
    this.port = port;
    this.random = random;
  }

  /**
   * Looks up a name; the first name of the search list that has answers is taken, else the last.
   *
   * @return the response in dig's layout
   * @throws IllegalArgumentException with a sentence for the user
   */
  String look(String type, String name) {
    int number = DnsTypes.number(type);
    ResolvConf config = ResolvConf.read(resolvConf);
    DnsMessage response = null;
    for (String full : config.candidates(name)) {
      byte[] query = DnsMessage.query(random.applyAsInt(65_536), full, number);
      response = new DnsMessage(ask(config, query));
      if (response.answers() > 0) {
        break;
      }
    }
    if (response == null) {
      throw new IllegalArgumentException("no name to look up");
    }
    return response.text();
  }

  private byte[] ask(ResolvConf config, byte[] query) {
    String problem = "no nameserver in " + resolvConf;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      for (InetAddress server : config.servers()) {
        InetSocketAddress address = new InetSocketAddress(server, port);
        try {
          byte[] response = askUdp(address, query);
          return (response[2] & 0x02) != 0 ? askTcp(address, query) : response;
        } catch (IOException e) {
          problem = server.getHostAddress() + " does not answer: " + e.getMessage();
        }
      }
    }
    throw new IllegalArgumentException(problem);
  }

  private static byte[] askUdp(InetSocketAddress server, byte[] query) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.send(new DatagramPacket(query, query.length));
      DatagramPacket packet = new DatagramPacket(new byte[UDP_BYTES_MAX], UDP_BYTES_MAX);
      for (int i = 0; i < STRAYS_MAX; i++) {
        packet.setLength(UDP_BYTES_MAX);
        socket.receive(packet);
        byte[] response = Arrays.copyOf(packet.getData(), packet.getLength());
        if (response.length >= 12 && response[0] == query[0] && response[1] == query[1]) {
          return response;
        }
      }
      throw new IOException("only stray answers");
    }
  }

  private static byte[] askTcp(InetSocketAddress server, byte[] query) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      byte[] framed = new byte[query.length + 2];
      framed[0] = (byte) (query.length >> 8);
      framed[1] = (byte) query.length;
      System.arraycopy(query, 0, framed, 2, query.length);
      socket.getOutputStream().write(framed);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] response = new byte[in.readUnsignedShort()];
      in.readFully(response);
      return response;
    }
  }
}
