package dev.fairlead.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections that the kernel tracks in one namespace, over ctnetlink ({@code
 * linux/netfilter/nfnetlink_conntrack.h}). IPv4 only.
 */
public final class Conntrack {
  private static final int GET = (1 << 8) | 1;
  private static final int DELETE = (1 << 8) | 2;
  private static final int AF_INET = 2;
  private static final int FIXED_BYTES = 4;
  private static final int TUPLE_ORIGINAL = 1;
  private static final int TUPLE_REPLY = 2;
  private static final int TUPLE_IP = 1;
  private static final int TUPLE_PROTOCOL = 2;
  private static final int IP_SOURCE = 1;
  private static final int IP_TARGET = 2;
  private static final int PROTOCOL_NUMBER = 1;
  private static final int PROTOCOL_SOURCE_PORT = 2;
  private static final int PROTOCOL_TARGET_PORT = 3;
  private static final int ID = 12;

  private final NetworkNamespace namespace;

  public Conntrack(NetworkNamespace namespace) {
    this.namespace = namespace;
  }

  /**
   * One tracked connection.
   *
   * @param protocol IP protocol number, 6 is TCP, 17 is UDP
   * @param original as the client sent it
   * @param reply as the answers come: its source is the backend behind a destination NAT
   */
  public record Flow(int protocol, Tuple original, Tuple reply) {}

  /** One direction of a flow; ports are 0 for protocols without ports. */
  public record Tuple(String source, int sourcePort, String target, int targetPort) {}

  private record Entry(Flow flow, byte[] tuple, byte @Nullable [] id) {}

  /** All tracked connections. */
  public List<Flow> flows() throws IOException {
    return namespace.call(() -> {
      try (NetlinkSocket socket = new NetlinkSocket(NetlinkSocket.NETFILTER)) {
        return dump(socket).stream().map(Entry::flow).toList();
      }
    });
  }

  /**
   * Forgets the connections that match: their next packet is looked at as a first one.
   *
   * @return how many were forgotten
   */
  public int delete(Predicate<Flow> stale) throws IOException {
    return namespace.call(() -> {
      try (NetlinkSocket socket = new NetlinkSocket(NetlinkSocket.NETFILTER)) {
        int deleted = 0;
        for (Entry entry : dump(socket)) {
          deleted += stale.test(entry.flow()) ? delete(socket, entry) : 0;
        }
        return deleted;
      }
    });
  }

  private List<Entry> dump(NetlinkSocket socket) throws LinkException {
    List<Entry> entries = new ArrayList<>();
    for (NetlinkReply reply : socket.dump(in("list connections"), message(GET))) {
      Entry entry = entry(reply.attributes(FIXED_BYTES));
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private int delete(NetlinkSocket socket, Entry entry) throws LinkException {
    NetlinkMessage message =
        message(DELETE).attribute(TUPLE_ORIGINAL | NetlinkMessage.NESTED, entry.tuple());
    byte[] id = entry.id();
    if (id != null) {
      message.attribute(ID, id);
    }
    try {
      socket.request(in("forget a connection"), message);
      return 1;
    } catch (LinkException e) {
      if (e.errno() == Errno.ENOENT) {
        return 0; // it ended by itself meanwhile
      }
      throw e;
    }
  }

  private String in(String operation) {
    return namespace.name() + ": " + operation;
  }

  private static NetlinkMessage message(int type) {
    return new NetlinkMessage(type, 0).u8(AF_INET).u8(0).u16(0);
  }

  private static @Nullable Entry entry(Map<Integer, ByteBuffer> attributes) {
    ByteBuffer original = attributes.get(TUPLE_ORIGINAL);
    ByteBuffer reply = attributes.get(TUPLE_REPLY);
    if (original == null || reply == null) {
      return null;
    }
    Tuple there = tuple(original);
    Tuple back = tuple(reply);
    if (there == null || back == null) {
      return null;
    }
    ByteBuffer id = attributes.get(ID);
    Flow flow = new Flow(protocol(original), there, back);
    return new Entry(flow, bytes(original), id == null ? null : bytes(id));
  }

  private static int protocol(ByteBuffer tuple) {
    ByteBuffer value = inner(tuple, TUPLE_PROTOCOL).get(PROTOCOL_NUMBER);
    return value == null ? 0 : value.get(0) & 0xff;
  }

  private static @Nullable Tuple tuple(ByteBuffer tuple) {
    Map<Integer, ByteBuffer> ip = inner(tuple, TUPLE_IP);
    Map<Integer, ByteBuffer> protocol = inner(tuple, TUPLE_PROTOCOL);
    ByteBuffer source = ip.get(IP_SOURCE);
    ByteBuffer target = ip.get(IP_TARGET);
    if (source == null || target == null) {
      return null;
    }
    int sourcePort = port(protocol.get(PROTOCOL_SOURCE_PORT));
    int targetPort = port(protocol.get(PROTOCOL_TARGET_PORT));
    return new Tuple(address(source), sourcePort, address(target), targetPort);
  }

  private static Map<Integer, ByteBuffer> inner(ByteBuffer tuple, int type) {
    ByteBuffer value = NetlinkReply.attributes(tuple, 0).get(type);
    return value == null ? Map.of() : NetlinkReply.attributes(value, 0);
  }

  private static int port(@Nullable ByteBuffer value) {
    // Ports are in network byte order.
    return value == null ? 0 : value.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(0) & 0xffff;
  }

  private static String address(ByteBuffer value) {
    return "%d.%d.%d.%d"
        .formatted(
            value.get(0) & 0xff, value.get(1) & 0xff, value.get(2) & 0xff, value.get(3) & 0xff);
  }

  private static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.limit()];
    value.get(0, bytes);
    return bytes;
  }
}
