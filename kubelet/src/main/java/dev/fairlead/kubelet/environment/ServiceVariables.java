package dev.fairlead.kubelet.environment;

import dev.fairlead.api.view.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The variables that tell a container where services are: Kubernetes' own {@code X_SERVICE_HOST}
 * and {@code X_SERVICE_PORT}, and those of Docker links (upstream: {@code pkg/kubelet/envvars}).
 */
public final class ServiceVariables {
  private static final String MASTER = "kubernetes";
  private static final String MASTER_NAMESPACE = "default";

  private ServiceVariables() {}

  /**
   * The variables for a pod: those of {@code default/kubernetes} always, and with service links
   * those of every service of the pod's namespace that has a cluster IP.
   *
   * @param services all that are known, of any namespace
   */
  public static Map<String, String> of(
      Collection<Service> services, String namespace, boolean serviceLinks) {
    Map<String, Service> chosen = new LinkedHashMap<>();
    List<Service> sorted = new ArrayList<>(services);
    sorted.sort(Comparator.comparing(each -> each.key().name()));
    for (Service service : sorted) {
      String name = service.key().name();
      boolean master = name.equals(MASTER) && service.key().namespace().equals(MASTER_NAMESPACE);
      if (!hasAddress(service)) {
        continue;
      }
      if (master) {
        chosen.putIfAbsent(name, service);
      } else if (serviceLinks && service.key().namespace().equals(namespace)) {
        chosen.put(name, service);
      }
    }
    Map<String, String> result = new LinkedHashMap<>();
    chosen.values().forEach(each -> add(each, result));
    return result;
  }

  private static boolean hasAddress(Service service) {
    return !service.headless()
        && !service.clusterIps().isEmpty()
        && !service.type().equals("ExternalName")
        && !service.ports().isEmpty();
  }

  private static void add(Service service, Map<String, String> result) {
    String prefix = variable(service.key().name());
    String address = service.clusterIps().getFirst();
    Service.Port first = service.ports().getFirst();
    result.put(prefix + "_SERVICE_HOST", address);
    result.put(prefix + "_SERVICE_PORT", Integer.toString(first.port()));
    for (Service.Port port : service.ports()) {
      if (!port.name().isEmpty()) {
        String name = prefix + "_SERVICE_PORT_" + variable(port.name());
        result.put(name, Integer.toString(port.port()));
      }
    }
    result.put(prefix + "_PORT", url(first, address));
    service.ports().forEach(port -> addLink(prefix, address, port, result));
  }

  private static void addLink(
      String prefix, String address, Service.Port port, Map<String, String> result) {
    String name = prefix + "_PORT_" + port.port() + "_" + port.protocol().toUpperCase(Locale.ROOT);
    result.put(name, url(port, address));
    result.put(name + "_PROTO", port.protocol().toLowerCase(Locale.ROOT));
    result.put(name + "_PORT", Integer.toString(port.port()));
    result.put(name + "_ADDR", address);
  }

  private static String url(Service.Port port, String address) {
    return port.protocol().toLowerCase(Locale.ROOT)
        + "://"
        + (address.contains(":") ? "[" + address + "]" : address)
        + ":"
        + port.port();
  }

  private static String variable(String name) {
    String upper = name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    return !upper.isEmpty() && Character.isDigit(upper.charAt(0)) ? "_" + upper : upper;
  }
}
