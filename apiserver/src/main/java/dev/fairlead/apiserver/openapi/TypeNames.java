package dev.fairlead.apiserver.openapi;

import dev.fairlead.api.ResourceType;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.discovery.SubresourceKind;
import java.util.Set;

/** The canonical names of the types that operations take and give. */
final class TypeNames {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  static final String STATUS = META + "Status";
  static final String DELETE_OPTIONS = META + "DeleteOptions";
  static final String WATCH_EVENT = META + "WatchEvent";
  static final String RESOURCES = META + "APIResourceList";

  /** Any patch. The schema does not have it. */
  static final String PATCH = META + "Patch";

  /** Those that every document needs. */
  static final Set<String> COMMON = Set.of(STATUS, DELETE_OPTIONS, WATCH_EVENT, RESOURCES, PATCH);

  private TypeNames() {}

  /** The type that a subresource takes and gives; of the objects themselves when it is empty. */
  static String of(ResourceType type, String subresource) {
    SubresourceKind kind = SubresourceKind.of(type, subresource);
    return canonical(kind.group(), kind.version(), kind.kind());
  }

  static String listOf(ResourceType type) {
    return canonical(type.group(), type.version(), type.kind() + "List");
  }

  private static String canonical(String group, String version, String kind) {
    return group.equals("metrics.k8s.io")
        ? MetricsTypes.PREFIX + kind
        : Schema.canonicalName(group, version, kind);
  }
}
