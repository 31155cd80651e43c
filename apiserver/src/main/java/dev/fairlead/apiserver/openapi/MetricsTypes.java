package dev.fairlead.apiserver.openapi;

import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.FieldType.Scalar;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The types of {@code metrics.k8s.io/v1beta1}. They come from a project of their own, so the schema
 * of Kubernetes lacks them.
 */
final class MetricsTypes {
  static final String PREFIX = "io.k8s.metrics.pkg.apis.metrics.v1beta1.";

  /** Every kind has the same head; so has every list. */
  private static final String HEAD = "io.k8s.api.core.v1.Node";

  private static final Map<String, TypeSchema> TYPES = types();

  private MetricsTypes() {}

  static Optional<TypeSchema> find(String name) {
    return Optional.ofNullable(TYPES.get(name));
  }

  private static Map<String, TypeSchema> types() {
    FieldType usage = new FieldType.Dictionary(Scalar.QUANTITY);
    Map<String, TypeSchema> types = new LinkedHashMap<>();
    add(
        types,
        "ContainerMetrics",
        "What one container uses.",
        field("name", Scalar.STRING, "The container's name in the pod.", true),
        field("usage", usage, "CPU time and memory in use.", true));
    addKind(
        types,
        "NodeMetrics",
        "What one node uses.",
        field("usage", usage, "CPU time and memory in use.", true));
    addKind(
        types,
        "PodMetrics",
        "What the containers of one pod use.",
        field("containers", list("ContainerMetrics"), "Each running container.", true));
    return types;
  }

  private static void addKind(
      Map<String, TypeSchema> types, String kind, String description, Field own) {
    add(
        types,
        kind,
        description,
        head("apiVersion", ""),
        head("kind", ""),
        head("metadata", ""),
        field("timestamp", Scalar.DATE_TIME, "When the window ended.", true),
        field("window", Scalar.STRING, "The length of the window, for example 10s.", true),
        own);
    add(
        types,
        kind + "List",
        "A list of " + kind + ".",
        head("apiVersion", "List"),
        head("kind", "List"),
        head("metadata", "List"),
        field("items", list(kind), "What each uses.", true));
  }

  private static Field head(String name, String list) {
    return Objects.requireNonNull(Schema.load().type(HEAD + list).field(name));
  }

  private static FieldType list(String kind) {
    return new FieldType.Array(new FieldType.Reference(PREFIX + kind));
  }

  private static Field field(String name, FieldType type, String description, boolean required) {
    return new Field(name, type, description, required, List.of(), Field.Rules.NONE);
  }

  private static void add(
      Map<String, TypeSchema> types, String kind, String description, Field... fields) {
    Map<String, Field> all = new LinkedHashMap<>();
    for (Field each : fields) {
      all.put(each.name(), each);
    }
    types.put(PREFIX + kind, new TypeSchema(PREFIX + kind, description, "", all));
  }
}
