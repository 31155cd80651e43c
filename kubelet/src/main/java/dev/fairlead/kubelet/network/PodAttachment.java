package dev.fairlead.kubelet.network;

import dev.fairlead.linux.NetworkNamespace;
import org.jspecify.annotations.Nullable;

/** A pod's place in the network. */
public interface PodAttachment extends AutoCloseable {

  /** The pod's IPv4 address. */
  String address();

  /** The namespace that its processes are born in; null when the network is only pretended. */
  @Nullable NetworkNamespace namespace();

  /** Whether the namespace belongs to this pod alone. */
  boolean own();

  /** Gives address and link back. Never throws; may be repeated. */
  @Override
  void close();
}
