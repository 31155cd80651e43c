package dev.fairlead.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.api.view.Service;
import dev.fairlead.client.SharedInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which pods a Service selects, and which Services select a pod. Both go through an index over one
 * label, so that the cost follows the Service or the pod at hand and not the namespace.
 */
public final class ServicePods {
  private static final String INDEX = "label";

  private final SharedInformer services;
  private final SharedInformer pods;

  /** Registers the indexes on both informers. */
  public ServicePods(SharedInformer services, SharedInformer pods) {
    this.services = services;
    this.pods = pods;
    pods.addIndex(INDEX, pod -> labelValues(pod.namespace(), pod.meta().labels()));
    services.addIndex(INDEX, ServicePods::firstLabel);
  }

  /** The pods that a Service selects, by name. None for a Service without a selector. */
  public List<Document> podsOf(Service service) {
    if (service.selector().isEmpty()) {
      return List.of();
    }
    LabelSelector selector = LabelSelector.ofMap(service.selector());
    String first = firstLabel(service.key().namespace(), service.selector());
    return pods.byIndex(INDEX, first).stream()
        .filter(pod -> selector.matches(pod.meta().labels()))
        .sorted(Comparator.comparing(Document::name))
        .toList();
  }

  /**
   * The Services whose endpoints may be touched by the change of a pod.
   *
   * @param before null for an addition
   * @param after null for a deletion
   */
  public Set<ObjectKey> servicesOf(@Nullable Document before, @Nullable Document after) {
    if (before != null && after != null && fingerprint(before).equals(fingerprint(after))) {
      return Set.of();
    }
    Set<ObjectKey> keys = new LinkedHashSet<>();
    select(before, keys);
    select(after, keys);
    return keys;
  }

  private void select(@Nullable Document pod, Set<ObjectKey> keys) {
    if (pod == null) {
      return;
    }
    for (String value : labelValues(pod.namespace(), pod.meta().labels())) {
      for (Document service : services.byIndex(INDEX, value)) {
        if (LabelSelector.ofMap(Service.of(service).selector()).matches(pod.meta().labels())) {
          keys.add(service.key());
        }
      }
    }
  }

  /** The pod's addresses in canonical form, empty while it has none. */
  public static List<String> addresses(Document pod) {
    List<String> addresses = new ArrayList<>();
    pod.status()
        .path("podIPs")
        .forEach(each -> addresses.add(Ip.canonical(each.path("ip").asText(""))));
    String first = Ip.canonical(pod.status().path("podIP").asText(""));
    if (addresses.isEmpty() && !first.isEmpty()) {
      addresses.add(first);
    }
    return addresses;
  }

  /** The host name that a headless Service publishes for a pod; empty for none. */
  public static String hostname(Document pod, Service service) {
    boolean subdomain =
        pod.spec().path("subdomain").asText("").equals(service.key().name())
            && pod.namespace().equals(service.key().namespace());
    return subdomain ? pod.spec().path("hostname").asText("") : "";
  }

  /** The number of a Service's port on this pod; empty when the pod has no port of that name. */
  public static OptionalInt targetPort(Document pod, Service.Port port) {
    String target = port.targetPort();
    if (target.isEmpty() || target.equals("0")) {
      return OptionalInt.of(port.port());
    }
    if (target.chars().allMatch(Character::isDigit)) {
      return OptionalInt.of(Integer.parseInt(target));
    }
    OptionalInt found = namedPort(pod.spec().path("containers"), port, false);
    return found.isPresent() ? found : namedPort(pod.spec().path("initContainers"), port, true);
  }

  private static OptionalInt namedPort(JsonNode containers, Service.Port wanted, boolean sidecars) {
    for (JsonNode container : containers) {
      if (sidecars && !container.path("restartPolicy").asText("").equals("Always")) {
        continue;
      }
      for (JsonNode port : container.path("ports")) {
        if (port.path("name").asText("").equals(wanted.targetPort())
            && port.path("protocol").asText("TCP").equals(wanted.protocol())) {
          return OptionalInt.of(port.path("containerPort").asInt());
        }
      }
    }
    return OptionalInt.empty();
  }

  private static List<Object> fingerprint(Document pod) {
    return List.of(
        pod.meta().uid(),
        pod.meta().labels(),
        pod.meta().deleting(),
        Pods.finished(pod),
        Pods.ready(pod),
        Pods.nodeName(pod),
        addresses(pod),
        pod.spec().path("hostname").asText(""),
        pod.spec().path("subdomain").asText(""));
  }

  private static Collection<String> firstLabel(Document service) {
    Map<String, String> selector = Service.of(service).selector();
    return selector.isEmpty() ? List.of() : List.of(firstLabel(service.namespace(), selector));
  }

  private static String firstLabel(String namespace, Map<String, String> selector) {
    Map.Entry<String, String> first = new TreeMap<>(selector).firstEntry();
    return labelValue(namespace, first.getKey(), first.getValue());
  }

  private static List<String> labelValues(String namespace, Map<String, String> labels) {
    List<String> values = new ArrayList<>(labels.size());
    labels.forEach((key, value) -> values.add(labelValue(namespace, key, value)));
    return values;
  }

  private static String labelValue(String namespace, String key, String value) {
    return namespace + "/" + key + "=" + value;
  }
}
