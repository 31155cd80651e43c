package dev.fairlead.apiserver.discovery;

import dev.fairlead.api.ResourceType;

/**
 * The kind that a subresource takes and gives, or, for those that are connected to, the kind of its
 * options.
 *
 * @param group empty for the core group
 */
public record SubresourceKind(String group, String version, String kind) {

  /**
   * Of one subresource; of the objects themselves when the name is empty.
   *
   * @param subresource one that the type serves, for example {@code scale}
   */
  public static SubresourceKind of(ResourceType type, String subresource) {
    return switch (subresource) {
      case "scale" -> new SubresourceKind("autoscaling", "v1", "Scale");
      case "binding" -> new SubresourceKind("", "v1", "Binding");
      case "portforward" -> new SubresourceKind("", "v1", "PodPortForwardOptions");
      case "exec" -> new SubresourceKind("", "v1", "PodExecOptions");
      case "attach" -> new SubresourceKind("", "v1", "PodAttachOptions");
      case "token" -> new SubresourceKind("authentication.k8s.io", "v1", "TokenRequest");
      case "eviction" -> new SubresourceKind("policy", "v1", "Eviction");
      case "proxy" -> new SubresourceKind("", "v1", type.kind() + "ProxyOptions");
      default -> new SubresourceKind(type.group(), type.version(), type.kind());
    };
  }

  /** {@code v1} or {@code autoscaling/v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
