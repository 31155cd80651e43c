package dev.fairlead.apiserver.registry.rules;

import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.List;
import java.util.Set;

/** The names of resources in limits and quotas (upstream {@code validateResourceName}). */
public final class ResourceNames {
  private static final String HUGE_PAGES = "hugepages-";
  private static final String REQUESTS = "requests.";
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

  /** Checks a name that a container may ask for. */
  public static void container(String name, String path, List<FieldError> errors) {
    any(name, path, errors);
    if (!name.contains("/")) {
      if (!CONTAINER.contains(name) && !hugePages(name)) {
        errors.add(FieldError.invalid(path, name, "must be a standard resource for containers"));
      }
    } else if (!isNative(name) && !extended(name)) {
      errors.add(FieldError.invalid(path, name, "doesn't follow extended resource name standard"));
    }
  }

  /** Checks a name that a quota may limit. */
  public static void quota(String name, String path, List<FieldError> errors) {
    if (any(name, path, errors) && name.equals("storage")) {
      errors.add(FieldError.invalid(path, name, "must be a standard resource for quota"));
    }
  }

  /** Checks any name; whether it is one. */
  public static boolean any(String name, String path, List<FieldError> errors) {
    List<String> malformed = Names.qualifiedName(name);
    malformed.forEach(why -> errors.add(FieldError.invalid(path, name, why)));
    if (!malformed.isEmpty()) {
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
  public static boolean whole(String name) {
    return COUNTED.contains(name) || (!isNative(name) && extended(name));
  }

  /** Whether a container may ask for less than its limit. */
  public static boolean overcommits(String name) {
    return isNative(name) && !name.startsWith(HUGE_PAGES);
  }

  /** Whether it is a size of huge pages. */
  public static boolean hugePages(String name) {
    return name.startsWith(HUGE_PAGES);
  }

  private static boolean isNative(String name) {
    return !name.contains("/") || name.contains("kubernetes.io/");
  }

  /** The name of what a device plugin offers: good with a quota's prefix too. */
  private static boolean extended(String name) {
    return !name.startsWith(REQUESTS) && Names.qualifiedName(REQUESTS + name).isEmpty();
  }

  private static boolean standard(String name) {
    return CONTAINER.contains(name)
        || QUOTA.contains(name)
        || name.equals("storage")
        || hugePages(name)
        || name.startsWith(REQUESTS + HUGE_PAGES);
  }
}
