package dev.fairlead.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A netlink socket of the namespace in which its thread is when it is opened. Used by one thread.
 * Requests are answered in order; a kernel that does not answer within five seconds is an error.
 */
final class NetlinkSocket implements AutoCloseable {
  static final int ROUTE = 0;
  static final int NETFILTER = 12;

  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int FLAG_DUMP_INTERRUPTED = 0x10;
  private static final int DUMP_ATTEMPTS_MAX = 5;
  private static final long RECEIVE_SECONDS_MAX = 5;
  private static final int BUFFER_BYTES = 128 * 1024;

  private final int descriptor;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
  private int sequence;

  NetlinkSocket(int protocol) throws LinkException {
    descriptor = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol);
    if (descriptor < 0) {
      arena.close();
      throw new LinkException("open netlink socket " + protocol, -descriptor);
    }
    ByteBuffer timeout = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    Libc.setOption(
        descriptor, SOL_SOCKET, SO_RCVTIMEO, timeout.putLong(RECEIVE_SECONDS_MAX).array());
    byte[] one = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1).array();
    Libc.setOption(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, one);
    Libc.setOption(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, one);
  }

  /** Sends a request that changes something and waits until the kernel has done it. */
  void request(String operation, NetlinkMessage message) throws LinkException {
    send(operation, message.flags(NetlinkMessage.ACK));
    collect(operation, new ArrayList<>());
  }

  /** Sends a request for one object and returns what the kernel sent before its acknowledgement. */
  List<NetlinkReply> get(String operation, NetlinkMessage message) throws LinkException {
    List<NetlinkReply> replies = new ArrayList<>();
    send(operation, message.flags(NetlinkMessage.ACK));
    collect(operation, replies);
    return replies;
  }

  /** Lists objects; starts again when they changed meanwhile and the list would have holes. */
  List<NetlinkReply> dump(String operation, NetlinkMessage message) throws LinkException {
    List<NetlinkReply> replies = new ArrayList<>();
    for (int attempt = 0; attempt < DUMP_ATTEMPTS_MAX; attempt++) {
      replies.clear();
      send(operation, message.flags(NetlinkMessage.DUMP));
      if (!collect(operation, replies)) {
        break;
      }
    }
    return replies; // after the last attempt a hole is accepted: callers act on what they see
  }

  private void send(String operation, NetlinkMessage message) throws LinkException {
    sequence++;
    int result = Libc.send(descriptor, message.encode(sequence));
    if (result < 0) {
      throw new LinkException(operation, -result);
    }
  }

  /** Reads up to the acknowledgement or the end of the list; true when the list was interrupted. */
  private boolean collect(String operation, List<NetlinkReply> replies) throws LinkException {
    boolean interrupted = false;
    while (true) {
      for (NetlinkReply reply : receive(operation)) {
        if (reply.sequence() != sequence) {
          continue;
        }
        interrupted |= (reply.flags() & FLAG_DUMP_INTERRUPTED) != 0;
        if (reply.type() == NetlinkReply.ERROR || reply.type() == NetlinkReply.DONE) {
          check(operation, reply);
          return interrupted;
        }
        replies.add(reply);
      }
    }
  }

  private static void check(String operation, NetlinkReply reply) throws LinkException {
    if (reply.errno() != 0) {
      throw new LinkException(operation, reply.errno(), reply.errorText());
    }
  }

  private List<NetlinkReply> receive(String operation) throws LinkException {
    int length = Libc.receive(descriptor, buffer);
    while (length == -Errno.EINTR) {
      length = Libc.receive(descriptor, buffer);
    }
    if (length < 0) {
      throw new LinkException(operation, -length);
    }
    return NetlinkReply.parse(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public void close() {
    Libc.close(descriptor);
    arena.close();
  }
}
