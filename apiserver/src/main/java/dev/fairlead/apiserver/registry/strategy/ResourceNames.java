package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names of resources in limits and quotas (upstream {@code validateResourceName}). */
final class ResourceNames {
  private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");

  /** Names that a quota knows, and no pod. */
  private static final Set<String> QUOTA =
      Set.of(
          "requests.cpu",
          "requests.memory",
          "requests.storage",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage",
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "persistentvolumeclaims",
          "configmaps",
          "services.nodeports",
          "services.loadbalancers");

  private static final Set<String> COUNTED =
      Set.of(
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");

  private ResourceNames() {}

  /** Checks a name that a container or pod may ask for. */
  static void container(String name, String path, List<FieldError> errors) {
    if (!any(name, path, errors)) {
      return;
    }
    if (!name.contains("/") && !CONTAINER.contains(name) && !hugePages(name)) {
      errors.add(FieldError.invalid(path, name, "must be a standard resource for containers"));
    }
  }

  /** Checks a name that a quota may limit. */
  static void quota(String name, String path, List<FieldError> errors) {
    if (any(name, path, errors) && name.equals("storage")) {
      errors.add(FieldError.invalid(path, name, "must be a standard resource for quota"));
    }
  }

  /** Checks any name; whether it is one. */
  static boolean any(String name, String path, List<FieldError> errors) {
    Optional<String> malformed = Names.qualifiedName(name);
    malformed.ifPresent(why -> errors.add(FieldError.invalid(path, name, why)));
    if (malformed.isPresent()) {
      return false;
    }
    boolean known = name.contains("/") || standard(name);
    if (!known) {
      errors.add(
          FieldError.invalid(path, name, "must be a standard resource type or fully qualified"));
    }
    return known;
  }

  /** Whether only whole numbers of it make sense. */
  static boolean whole(String name) {
    return COUNTED.contains(name) || (name.contains("/") && !name.contains("kubernetes.io/"));
  }

  private static boolean standard(String name) {
    return CONTAINER.contains(name)
        || QUOTA.contains(name)
        || name.equals("storage")
        || hugePages(name);
  }

  private static boolean hugePages(String name) {
    return name.startsWith("hugepages-") || name.startsWith("requests.hugepages-");
  }
}
