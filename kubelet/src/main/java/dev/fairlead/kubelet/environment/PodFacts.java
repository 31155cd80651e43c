package dev.fairlead.kubelet.environment;

import dev.fairlead.api.view.Pod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod's containers may ask about the pod (API: {@code ObjectFieldSelector}).
 *
 * @param podIp the address it has now
 */
public record PodFacts(Pod pod, String podIp, String hostIp) {

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
      default -> subscript(path);
    };
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
