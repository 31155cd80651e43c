package dev.fairlead.api.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One type of the API.
 *
 * @param name canonical name, for example {@code io.k8s.api.core.v1.ServicePort}
 * @param description upstream's words; may be empty
 * @param mapType {@code x-kubernetes-map-type}: {@code atomic} when the type is replaced as a
 *     whole; empty for none
 * @param fields by JSON name, in alphabetical order
 */
public record TypeSchema(
    String name, String description, String mapType, Map<String, Field> fields) {

  public TypeSchema {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The field of this name, or null. */
  public @Nullable Field field(String name) {
    return fields.get(name);
  }

  /** {@code ServicePort}, as upstream's Go code calls the type. */
  public String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The names of the fields that OpenAPI lists as required. */
  public List<String> required() {
    return fields.values().stream().filter(Field::required).map(Field::name).toList();
  }
}
