package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.net.Ip;
import java.util.Optional;

/**
 * What Fairlead reads of an IPAddress (API: {@code networking.k8s.io/v1 IPAddress}, KEP-1880).
 *
 * @param name the address, in its canonical form
 * @param family the label of its family; empty when missing
 * @param managedBy the label of who made it; empty when missing
 * @param parent the key of the object that holds the address
 * @param ofService whether that is a Service
 */
public record IpAddress(
    String name, String family, String managedBy, ObjectKey parent, boolean ofService) {
  /** Who makes the objects of cluster IPs. */
  public static final String ALLOCATOR = "ipallocator.k8s.io";

  /** The label of who made an address. */
  public static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";

  private static final String FAMILY = "ipaddress.kubernetes.io/ip-family";

  /** Reads an IPAddress's document. */
  public static IpAddress of(Document document) {
    JsonNode parent = document.spec().path("parentRef");
    boolean service =
        parent.path("group").asText("").isEmpty()
            && parent.path("resource").asText("").equals(Kinds.SERVICE.plural());
    return new IpAddress(
        document.name(),
        document.meta().labels().getOrDefault(FAMILY, ""),
        document.meta().labels().getOrDefault(MANAGED_BY, ""),
        new ObjectKey(parent.path("namespace").asText(""), parent.path("name").asText("")),
        service);
  }

  /** The object of a Service's cluster IP, as the allocator makes it; without system fields. */
  public static ObjectNode ofService(Ip ip, ObjectKey service) {
    ObjectNode tree =
        Json.object()
            .put("apiVersion", Kinds.IP_ADDRESS.apiVersion())
            .put("kind", Kinds.IP_ADDRESS.kind());
    tree.putObject("metadata")
        .put("name", ip.text())
        .putObject("labels")
        .put(FAMILY, ip.family().name())
        .put(MANAGED_BY, ALLOCATOR);
    tree.putObject("spec")
        .putObject("parentRef")
        .put("resource", Kinds.SERVICE.plural())
        .put("namespace", service.namespace())
        .put("name", service.name());
    return tree;
  }

  /** Whether the allocator made it. */
  public boolean managed() {
    return managedBy.equals(ALLOCATOR);
  }

  /** Whether its labels are those that the allocator gives. */
  public boolean labelled() {
    Optional<Ip> ip = Ip.parse(name);
    return managed() && ip.isPresent() && ip.get().family().name().equals(family);
  }
}
