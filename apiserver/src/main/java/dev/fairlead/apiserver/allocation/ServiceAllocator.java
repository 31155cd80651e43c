package dev.fairlead.apiserver.allocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import dev.fairlead.apiserver.watch.KeyObserver;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Gives Services their cluster IPs and node ports, and takes them back. */
public final class ServiceAllocator implements Reserver {
  private final UsedAddresses used = new UsedAddresses();
  private final ClusterIps addresses;
  private final NodePortPool ports;
  private final RandomGenerator random;
  private final Runnable catchUp;

  /**
   * An allocator of these ranges. It must follow the store through {@link #observers()}.
   *
   * @param initial the IPv4 range of cluster IPs until there is a ServiceCIDR
   * @param serviceCidrs the newest ServiceCIDRs that are known
   * @param fields of the IPAddress objects
   * @param random safe for use by many threads
   * @param catchUp waits until the observers have seen all that the store has; called before a
   *     refusal, since what looks taken may just have been given back
   * @throws IllegalArgumentException when {@code initial} is no IPv4 range of /8 to /30
   */
  public ServiceAllocator(
      String initial,
      Supplier<List<Document>> serviceCidrs,
      NodePortRange ports,
      SystemFields fields,
      RandomGenerator random,
      Runnable catchUp) {
    ServiceRanges ranges = new ServiceRanges(ClusterAddresses.range(initial), serviceCidrs);
    this.addresses = new ClusterIps(ranges, used, fields, random, catchUp);
    this.ports = new NodePortPool(ports.first(), ports.last());
    this.random = random;
    this.catchUp = catchUp;
  }

  /** What keeps the pools up to date. */
  public List<KeyObserver> observers() {
    return List.of(used, ports);
  }

  @Override
  public Reservation reserve(@Nullable Document old, @Nullable ObjectNode next) {
    Reservation address = addresses.reserve(old, next);
    Set<String> oldPorts = old == null ? Set.of() : portsOf(old.spec());
    Set<String> newPorts = Set.of();
    if (next != null && next.get("spec") instanceof ObjectNode spec) {
      String name = next.path("metadata").path("name").asText();
      newPorts = new NodePorts(name, spec, oldPorts).take();
    }
    List<Compare> compares = new ArrayList<>(address.compares());
    List<Operation> operations = new ArrayList<>(address.operations());
    byte[] holder = next == null ? new byte[0] : holder(next);
    difference(oldPorts, newPorts, holder, compares, operations);
    return new Reservation(compares, operations);
  }

  private boolean taken(String port) {
    if (!ports.isUsed(port)) {
      return false;
    }
    catchUp.run();
    return ports.isUsed(port);
  }

  private String pick(Set<String> excluded) {
    String picked = ports.pick(random, excluded);
    if (picked.isEmpty()) {
      catchUp.run();
      picked = ports.pick(random, excluded);
    }
    return picked;
  }

  private void difference(
      Set<String> before,
      Set<String> after,
      byte[] holder,
      List<Compare> compares,
      List<Operation> operations) {
    for (String value : after) {
      if (!before.contains(value)) {
        compares.add(ports.free(value));
        operations.add(ports.take(value, holder));
      }
    }
    for (String value : before) {
      if (!after.contains(value)) {
        operations.add(ports.release(value));
      }
    }
  }

  private static byte[] holder(ObjectNode service) {
    JsonNode metadata = service.path("metadata");
    return Json.bytes(
        Json.object()
            .put("namespace", metadata.path("namespace").asText())
            .put("name", metadata.path("name").asText())
            .put("uid", metadata.path("uid").asText()));
  }

  private static Set<String> portsOf(JsonNode spec) {
    Set<String> held = new LinkedHashSet<>();
    if (!ServiceNeeds.mayHaveNodePorts(spec)) {
      return held;
    }
    for (JsonNode port : spec.path("ports")) {
      int number = port.path("nodePort").asInt(0);
      if (number != 0) {
        held.add(Integer.toString(number));
      }
    }
    int health = spec.path("healthCheckNodePort").asInt(0);
    if (health != 0 && ServiceNeeds.healthCheckNodePort(spec)) {
      held.add(Integer.toString(health));
    }
    return held;
  }

  private static ApiException invalid(String name, FieldError error) {
    return ApiException.invalid(Kinds.SERVICE, name, List.of(error));
  }

  /** The node ports of one Service: those asked for, then free ones for the rest. */
  private final class NodePorts {
    private final String name;
    private final ObjectNode spec;
    private final Set<String> held;
    private final Set<String> taken = new LinkedHashSet<>();

    private NodePorts(String name, ObjectNode spec, Set<String> held) {
      this.name = name;
      this.spec = spec;
      this.held = held;
    }

    Set<String> take() {
      if (!ServiceNeeds.mayHaveNodePorts(spec)) {
        return taken;
      }
      int index = 0;
      for (JsonNode port : spec.path("ports")) {
        ask("spec.ports[%d].nodePort".formatted(index++), port.path("nodePort").asInt(0));
      }
      boolean health = ServiceNeeds.healthCheckNodePort(spec);
      if (health) {
        ask("spec.healthCheckNodePort", spec.path("healthCheckNodePort").asInt(0));
      }
      if (ServiceNeeds.nodePorts(spec)) {
        spec.path("ports").forEach(port -> fill((ObjectNode) port));
      }
      if (health && spec.path("healthCheckNodePort").asInt(0) == 0) {
        spec.put("healthCheckNodePort", Integer.parseInt(pick("healthCheckNodePort")));
      }
      return taken;
    }

    private void ask(String field, int port) {
      if (port == 0) {
        return;
      }
      String value = Integer.toString(port);
      if (!held.contains(value) && !taken.contains(value)) {
        String why = null;
        if (!ports.contains(value)) {
          why =
              "provided port is not in the valid range. The range of valid ports is "
                  + ports.range();
        } else if (taken(value)) {
          why = "provided port is already allocated";
        }
        if (why != null) {
          throw invalid(name, FieldError.invalid(field, port, why));
        }
      }
      taken.add(value);
    }

    /** One number serves several protocols of the same port, as upstream. */
    private void fill(ObjectNode port) {
      if (port.path("nodePort").asInt(0) != 0) {
        return;
      }
      for (JsonNode other : spec.path("ports")) {
        boolean twin =
            other.path("nodePort").asInt(0) != 0
                && other.path("port").asInt() == port.path("port").asInt()
                && !other.path("protocol").asText().equals(port.path("protocol").asText());
        if (twin) {
          port.put("nodePort", other.path("nodePort").asInt());
          return;
        }
      }
      port.put("nodePort", Integer.parseInt(pick("nodePort")));
    }

    private String pick(String what) {
      Set<String> excluded = new LinkedHashSet<>(held);
      excluded.addAll(taken);
      String picked = ServiceAllocator.this.pick(excluded);
      if (picked.isEmpty()) {
        throw ApiException.internal("failed to allocate a %s: range is full".formatted(what));
      }
      taken.add(picked);
      return picked;
    }
  }
}
