package dev.fairlead.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Asks one resolver. A socket of its own for each question gives a random source port, and only an
 * answer with the question's id and question is taken (RFC 5452).
 */
final class Upstream {
  private static final int UDP_BYTES_MAX = 4_096;
  private static final int STRAYS_MAX = 16;

  private final InetSocketAddress address;
  private final int timeoutMillis;

  Upstream(InetSocketAddress address, Duration timeout) {
    this.address = address;
    this.timeoutMillis = (int) timeout.toMillis();
  }

  /**
   * Asks over UDP, and over TCP when the answer was cut.
   *
   * @throws IOException when no answer comes in time
   */
  byte[] ask(byte[] query) throws IOException {
    byte[] answer = askUdp(query);
    return (Wire.u16(answer, 2) & Wire.TC) != 0 ? askTcp(query) : answer;
  }

  private byte[] askUdp(byte[] query) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address);
      socket.setSoTimeout(timeoutMillis);
      socket.send(new DatagramPacket(query, query.length));
      DatagramPacket packet = new DatagramPacket(new byte[UDP_BYTES_MAX], UDP_BYTES_MAX);
      for (int i = 0; i < STRAYS_MAX; i++) {
        packet.setLength(UDP_BYTES_MAX);
        socket.receive(packet);
        byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
        if (answers(query, answer)) {
          return answer;
        }
      }
      throw new SocketTimeoutException("only stray answers from " + address);
    }
  }

  private byte[] askTcp(byte[] query) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] framed = new byte[query.length + 2];
      Wire.put16(framed, 0, query.length);
      System.arraycopy(query, 0, framed, 2, query.length);
      out.write(framed);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      if (!answers(query, answer)) {
        throw new IOException("a stray answer over TCP from " + address);
      }
      return answer;
    }
  }

  private static boolean answers(byte[] query, byte[] answer) {
    if (answer.length < Wire.HEADER_BYTES
        || Wire.u16(answer, 0) != Wire.u16(query, 0)
        || (Wire.u16(answer, 2) & Wire.QR) == 0
        || Wire.u16(answer, 4) != 1) {
      return false;
    }
    WireName asked = WireName.probe();
    WireName answered = WireName.probe();
    int askedEnd = asked.read(query, Wire.HEADER_BYTES, query.length);
    int answeredEnd = answered.read(answer, Wire.HEADER_BYTES, answer.length);
    return answeredEnd > 0
        && answeredEnd + 4 <= answer.length
        && asked.equals(answered)
        && Wire.u32(query, askedEnd) == Wire.u32(answer, answeredEnd);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
