package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.FieldType.Scalar;
import org.jspecify.annotations.Nullable;

/** Values that have a type of their own in upstream's documents, after which clients call them. */
enum NamedScalar {
  INT_OR_STRING(Scalar.INT_OR_STRING, "util.intstr.IntOrString", "A number or a text.", "integer"),
  QUANTITY(
      Scalar.QUANTITY,
      "api.resource.Quantity",
      "An amount with an optional suffix, for example 250m or 1.5Gi.",
      "number"),
  TIME(Scalar.DATE_TIME, "apis.meta.v1.Time", "A time in seconds (RFC 3339).", ""),
  MICRO_TIME(Scalar.MICRO_TIME, "apis.meta.v1.MicroTime", "A time in microseconds (RFC 3339).", "");

  private final Scalar scalar;
  private final String simpleName;
  private final String description;
  private final String number;

  NamedScalar(Scalar scalar, String simpleName, String description, String number) {
    this.scalar = scalar;
    this.simpleName = simpleName;
    this.description = description;
    this.number = number;
  }

  /** The name of a value's type; null when it has none. */
  static @Nullable NamedScalar of(Scalar scalar) {
    for (NamedScalar each : values()) {
      if (each.scalar == scalar) {
        return each;
      }
    }
    return null;
  }

  String canonicalName() {
    return "io.k8s.apimachinery.pkg." + simpleName;
  }

  /** Version 3 can say that a value is a text or a number; version 2 calls it a text. */
  ObjectNode definition(Dialect dialect) {
    ObjectNode node = Json.object().put("description", description);
    if (dialect == Dialect.V3 && !number.isEmpty()) {
      ArrayNode either = node.putArray("oneOf");
      either.addObject().put("type", number);
      either.addObject().put("type", "string");
    } else {
      node.put("type", "string");
    }
    if (!scalar.openApiFormat().isEmpty()) {
      node.put("format", scalar.openApiFormat());
    }
    return node;
  }
}
