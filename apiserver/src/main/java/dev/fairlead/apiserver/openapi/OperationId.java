package dev.fairlead.apiserver.openapi;

import dev.fairlead.api.ResourceType;
import java.util.Locale;
import java.util.Map;

/**
 * The names of operations, after which generated clients call their methods. They are upstream's:
 * {@code readCoreV1NamespacedPodStatus}.
 */
final class OperationId {
  private static final Map<String, String> WORDS =
      Map.of(
          "get", "read",
          "put", "replace",
          "post", "create",
          "deletecollection", "delete");
  private final ResourceType type;

  OperationId(ResourceType type) {
    this.type = type;
  }

  /** {@code core_v1}: what groups a version's operations. */
  static String tag(ResourceType type) {
    return group(type) + "_" + type.version();
  }

  /**
   * On objects or a subresource.
   *
   * @param subresource empty for the objects themselves
   */
  String of(String action, String subresource) {
    String collection = action.equals("deletecollection") ? "Collection" : "";
    return WORDS.getOrDefault(action, action)
        + prefix()
        + collection
        + scoped()
        + capital(subresource);
  }

  /** The list of resources of the group and version. */
  String discovery() {
    return "get" + prefix() + "APIResources";
  }

  /** A list over all namespaces. */
  String everywhere() {
    return "list" + prefix() + type.kind() + "ForAllNamespaces";
  }

  /**
   * Something to connect to.
   *
   * @param method of HTTP, in lower case
   */
  String connect(String method, String subresource) {
    return "connect" + prefix() + capital(method) + scoped() + capital(subresource);
  }

  private String scoped() {
    return (type.namespaced() ? "Namespaced" : "") + type.kind();
  }

  private String prefix() {
    return capital(group(type)) + capital(type.version());
  }

  private static String group(ResourceType type) {
    return type.group().isEmpty() ? "core" : type.group().split("\\.", 2)[0];
  }

  private static String capital(String word) {
    return word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
