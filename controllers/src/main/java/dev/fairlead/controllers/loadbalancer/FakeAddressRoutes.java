package dev.fairlead.controllers.loadbalancer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Routes in memory, for tests. */
public final class FakeAddressRoutes implements AddressRoutes {
  private final Map<String, List<String>> routes = new ConcurrentSkipListMap<>();
  private volatile String failure = "";

  /** From now on every call fails with this message; with an empty one none does. */
  public void fail(String message) {
    failure = message;
  }

  /** A copy of what is routed now: address to node addresses. */
  public Map<String, List<String>> routes() {
    return new TreeMap<>(routes);
  }

  @Override
  public void put(String address, List<String> nodeAddresses) throws IOException {
    check();
    routes.put(address, List.copyOf(nodeAddresses));
  }

  @Override
  public void remove(String address) throws IOException {
    check();
    routes.remove(address);
  }

  private void check() throws IOException {
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
  }
}
