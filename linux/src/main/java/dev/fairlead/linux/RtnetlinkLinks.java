package dev.fairlead.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.IntFunction;

/** {@link Links} by rtnetlink; every method opens a socket in the namespace and closes it. */
final class RtnetlinkLinks implements Links {
  private final NetworkNamespace namespace;

  RtnetlinkLinks(NetworkNamespace namespace) {
    this.namespace = namespace;
  }

  @Override
  public void addVeth(String name, NetworkNamespace peerNamespace, String peerName)
      throws IOException {
    change(
        "add veth %s with peer %s in %s".formatted(name, peerName, peerNamespace.name()),
        RouteMessages.addVeth(name, peerNamespace.descriptor(), peerName));
  }

  @Override
  public void addBridge(String name) throws IOException {
    change("add bridge " + name, RouteMessages.addBridge(name));
  }

  @Override
  public void setMaster(String name, String bridge) throws IOException {
    String operation = "put %s into bridge %s".formatted(name, bridge);
    run(
        operation,
        (socket, where) -> {
          int master = index(socket, where, bridge);
          socket.request(where, RouteMessages.setMaster(name, master));
        });
  }

  @Override
  public void setUp(String name) throws IOException {
    change("set up " + name, RouteMessages.setUp(name));
  }

  @Override
  public void delete(String name) throws IOException {
    change("delete link " + name, RouteMessages.deleteLink(name));
  }

  @Override
  public void addAddress(String name, String addressWithPrefix) throws IOException {
    Cidr address = Cidr.parse(addressWithPrefix);
    String operation = "add address %s to %s".formatted(addressWithPrefix, name);
    changeLink(operation, name, link -> RouteMessages.addAddress(link, address));
  }

  @Override
  public void addHostAddress(String name, String addressWithPrefix) throws IOException {
    Cidr address = Cidr.parse(addressWithPrefix);
    String operation = "add address %s to %s".formatted(addressWithPrefix, name);
    changeLink(operation, name, link -> RouteMessages.addHostAddress(link, address));
  }

  @Override
  public void deleteAddress(String name, String addressWithPrefix) throws IOException {
    Cidr address = Cidr.parse(addressWithPrefix);
    String operation = "delete address %s from %s".formatted(addressWithPrefix, name);
    changeLink(operation, name, link -> RouteMessages.deleteAddress(link, address));
  }

  @Override
  public void putRoute(String network, List<String> gateways) throws IOException {
    if (gateways.isEmpty()) {
      throw new IllegalArgumentException("route to " + network + ": no gateway");
    }
    List<Cidr> addresses = gateways.stream().map(Cidr::parse).toList();
    change(
        "put route to %s via %s".formatted(network, String.join(", ", gateways)),
        RouteMessages.putRoute(Cidr.parse(network), addresses));
  }

  @Override
  public void putLinkRoute(String network, String name) throws IOException {
    Cidr target = Cidr.parse(network);
    String operation = "put route to %s on %s".formatted(network, name);
    changeLink(operation, name, link -> RouteMessages.putLinkRoute(target, link));
  }

  @Override
  public void deleteRoute(String network) throws IOException {
    change("delete route to " + network, RouteMessages.deleteRoute(Cidr.parse(network)));
  }

  @Override
  public List<String> names() throws IOException {
    return namespace.call(() -> {
      try (NetlinkSocket socket = new NetlinkSocket(NetlinkSocket.ROUTE)) {
        return socket.dump(in("list links"), RouteMessages.listLinks()).stream()
            .map(RouteMessages::linkName)
            .toList();
      }
    });
  }

  @Override
  public void sysctl(String name, String value) throws IOException {
    // Names of links may hold dots, so the form with slashes is accepted too.
    String file = name.indexOf('/') >= 0 ? name : name.replace('.', '/');
    Path path = Path.of("/proc/sys", file);
    namespace.call(() -> {
      try {
        return Files.write(
            path, value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new IOException(in("set sysctl %s = %s".formatted(name, value)) + ": " + e, e);
      }
    });
  }

  private static int index(NetlinkSocket socket, String operation, String name)
      throws LinkException {
    List<NetlinkReply> replies =
        socket.get(operation + ": look up " + name, RouteMessages.getLink(name));
    if (replies.isEmpty()) {
      throw new LinkException(operation + ": look up " + name, Errno.ENODEV);
    }
    return RouteMessages.linkIndex(replies.getFirst());
  }

  /** What to do with an open socket. */
  @FunctionalInterface
  private interface Steps {
    void run(NetlinkSocket socket, String operation) throws IOException;
  }

  private void change(String operation, NetlinkMessage message) throws IOException {
    run(operation, (socket, where) -> socket.request(where, message));
  }

  /** One request that names a link by its index. */
  private void changeLink(String operation, String name, IntFunction<NetlinkMessage> message)
      throws IOException {
    run(
        operation,
        (socket, where) -> socket.request(where, message.apply(index(socket, where, name))));
  }

  private void run(String operation, Steps steps) throws IOException {
    namespace.<Boolean>call(() -> {
      try (NetlinkSocket socket = new NetlinkSocket(NetlinkSocket.ROUTE)) {
        steps.run(socket, in(operation));
        return true;
      }
    });
  }

  private String in(String operation) {
    return namespace.name() + ": " + operation;
  }
}
