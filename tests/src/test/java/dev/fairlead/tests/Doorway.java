package dev.fairlead.tests;

import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/**
 * A port of this machine's loopback that leads to a port of an outer namespace's loopback, for
 * libraries that make their connections themselves. Only bytes pass, no packets.
 */
final class Doorway implements AutoCloseable {
  private final NetworkNamespace inside;
  private final int portInside;
  private final ServerSocket door;

  private Doorway(NetworkNamespace inside, int portInside, ServerSocket door) {
    this.inside = inside;
    this.portInside = portInside;
    this.door = door;
  }

  static Doorway open(Outer outer, int portInside) throws IOException {
    NetworkNamespace inside =
        Namespaces.open(Path.of("/proc", String.valueOf(outer.holderPid()), "ns/net"));
    Doorway doorway =
        new Doorway(inside, portInside, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("doorway").start(doorway::accept);
    return doorway;
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofVirtual().name("doorway-connection").start(() -> carry(caller));
      } catch (IOException e) {
        return; // The door was closed.
      }
    }
  }

  private void carry(Socket caller) {
    try (caller;
        Socket callee = inside.call(this::dial)) {
      Thread back = Thread.ofVirtual().start(() -> pump(callee, caller));
      pump(caller, callee);
      back.join();
    } catch (IOException e) {
      // Nobody listens inside yet: the caller sees its connection closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket dial() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), portInside));
    return socket;
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side is gone; closing both tells the other.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    inside.close();
  }
}
