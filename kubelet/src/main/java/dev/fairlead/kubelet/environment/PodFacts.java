package dev.fairlead.kubelet.environment;

import dev.fairlead.api.codec.GoQuote;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pod's containers may ask about the pod (API: {@code ObjectFieldSelector}).
 *
 * @param podIp the address it has now
 * @param allocatable what the node has, by resource
 */
public record PodFacts(Pod pod, String podIp, String hostIp, Map<String, Quantity> allocatable) {

  /**
   * The value of a field.
   *
   * @throws ConfigException when the field is not supported
   */
  public String field(String path) throws ConfigException {
    return switch (path) {
      case "metadata.name" -> pod.meta().name();
      case "metadata.namespace" -> pod.meta().namespace();
      case "metadata.uid" -> pod.meta().uid();
      case "spec.nodeName" -> pod.nodeName();
      case "spec.serviceAccountName" -> pod.serviceAccountName();
      case "status.podIP", "status.podIPs" -> podIp;
      case "status.hostIP", "status.hostIPs" -> hostIp;
      case "metadata.labels" -> lines(pod.meta().labels());
      case "metadata.annotations" -> lines(pod.meta().annotations());
      default -> subscript(path);
    };
  }

  /**
   * An amount that a container asks for, divided and rounded up.
   *
   * @param container its name
   * @param resource for example {@code limits.cpu}
   * @param divisor {@code 0} for one
   * @throws ConfigException when there is no such container or resource
   */
  public String resource(String container, String resource, String divisor) throws ConfigException {
    for (Container each :
        Stream.concat(pod.initContainers().stream(), pod.containers().stream()).toList()) {
      if (each.name().equals(container)) {
        return ResourceField.of(each.resources(), resource, divisor, allocatable);
      }
    }
    throw new ConfigException("container %s not found".formatted(container));
  }

  private static String lines(Map<String, String> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(each -> each.getKey() + "=" + GoQuote.of(each.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private String subscript(String path) throws ConfigException {
    String label = key(path, "metadata.labels");
    if (label != null) {
      return value(pod.meta().labels(), label);
    }
    String annotation = key(path, "metadata.annotations");
    if (annotation != null) {
      return value(pod.meta().annotations(), annotation);
    }
    throw new ConfigException("fieldRef.fieldPath: \"" + path + "\" is not supported");
  }

  /** The text between the quotes of {@code field['key']}; null for another field. */
  private static @Nullable String key(String path, String field) {
    boolean subscript = path.startsWith(field + "['") && path.endsWith("']");
    return subscript ? path.substring(field.length() + 2, path.length() - 2) : null;
  }

  private static String value(Map<String, String> map, String key) {
    return map.getOrDefault(key, "");
  }
}
