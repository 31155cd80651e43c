package dev.fairlead.kubelet.network;

import dev.fairlead.api.view.HostPort;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Callable;

/** A node's side of the pod network. */
public interface NodeNetwork extends AutoCloseable {

  /**
   * Gets ready to give addresses to pods. Called once, before the first {@link #attach}.
   *
   * @param podCidr the node's range, for example {@code 10.112.1.0/24}
   */
  void start(String podCidr) throws IOException;

  /**
   * Gives a pod a network of its own, with an address that no other pod has.
   *
   * @param pod its name, for messages
   * @param ports of the node that lead to it; no other pod has one of them
   * @throws IOException when the range is exhausted or the kernel refused; nothing is left behind
   */
  PodAttachment attach(String pod, List<HostPort> ports) throws IOException;

  /** What a pod with {@code hostNetwork} gets: the node's own network. */
  PodAttachment host(String nodeAddress);

  /** Opens a socket that belongs to the node. */
  SocketChannel openSocket() throws IOException;

  /** Runs code inside the node's namespace. */
  <T> T call(Callable<T> code) throws IOException;

  /** Removes what {@link #start} made. */
  @Override
  void close();
}
