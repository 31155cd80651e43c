package dev.fairlead.api.schema;

import dev.fairlead.api.ResourceType;
import dev.fairlead.api.schema.FieldType.Scalar;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every type that the served kinds are made of, as upstream defines it. Extracted at build time
 * from the official Java client's artifacts (room {@code api-schema}) and completed by the
 * hand-written table {@code schema-rules.txt}. Immutable.
 */
public final class Schema {
  static final String META = "io.k8s.apimachinery.pkg.apis.meta.";

  private final Map<String, TypeSchema> types;
  private final Map<Scalar, String> scalars;

  /**
   * These types.
   *
   * @param scalars the descriptions of those that are types of their own upstream
   */
  Schema(Map<String, TypeSchema> types, Map<Scalar, String> scalars) {
    this.types = Collections.unmodifiableMap(new TreeMap<>(types));
    this.scalars = Map.copyOf(scalars);
  }

  /**
   * The schema of this build, read on first use.
   *
   * @throws IllegalStateException when the resource is missing or broken, which is a broken build
   */
  public static Schema load() {
    return Loaded.SCHEMA;
  }

  /** The type of this canonical name, for example {@code io.k8s.api.core.v1.Pod}. */
  public Optional<TypeSchema> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /**
   * The type of this canonical name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public TypeSchema type(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no type " + name));
  }

  /**
   * The type of objects with this apiVersion and kind. The types around the kinds ({@code Status},
   * {@code DeleteOptions}) belong to every group.
   */
  public Optional<TypeSchema> find(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String version = apiVersion.substring(slash + 1);
    if (group.equals("meta.k8s.io")) {
      return find(META + version + "." + kind);
    }
    return find(canonicalName(group, version, kind)).or(() -> find(META + "v1." + kind));
  }

  /** The type of a kind's objects. */
  public TypeSchema of(ResourceType type) {
    return type(canonicalName(type, type.kind()));
  }

  /** The type of a kind's lists. */
  public TypeSchema listOf(ResourceType type) {
    return type(canonicalName(type, type.kind() + "List"));
  }

  /** Upstream's words about a scalar that is a type of its own there; empty for others. */
  public String description(Scalar scalar) {
    return scalars.getOrDefault(scalar, "");
  }

  /** All types, by name. */
  public Collection<TypeSchema> types() {
    return types.values();
  }

  private static String canonicalName(ResourceType type, String kind) {
    return canonicalName(type.group(), type.version(), kind);
  }

  /**
   * The name of a kind's type, whether there is such a type or not: {@code io.k8s.api.core.v1.Pod}.
   *
   * @param group empty for the core group
   */
  public static String canonicalName(String group, String version, String kind) {
    String folder = group.isEmpty() ? "core" : group.split("\\.", 2)[0];
    return "io.k8s.api." + folder + "." + version + "." + kind;
  }

  private static final class Loaded {
    static final Schema SCHEMA = SchemaReader.read();
  }
}
