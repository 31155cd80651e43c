package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.FieldType.Scalar;
import dev.fairlead.api.schema.Schema;
import org.jspecify.annotations.Nullable;

/** Values that have a type of their own in upstream's documents, after which clients call them. */
enum NamedScalar {
  INT_OR_STRING(Scalar.INT_OR_STRING, "util.intstr.IntOrString", "integer"),
  QUANTITY(Scalar.QUANTITY, "api.resource.Quantity", "number"),
  TIME(Scalar.DATE_TIME, "apis.meta.v1.Time", ""),
  MICRO_TIME(Scalar.MICRO_TIME, "apis.meta.v1.MicroTime", ""),
  FIELDS_V1(Scalar.FIELDS_V1, "apis.meta.v1.FieldsV1", ""),
  RAW_EXTENSION(Scalar.ANY, "runtime.RawExtension", "");

  private final Scalar scalar;
  private final String simpleName;
  private final String number;

  NamedScalar(Scalar scalar, String simpleName, String number) {
    this.scalar = scalar;
    this.simpleName = simpleName;
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
  ObjectNode definition(Schema schema, Dialect dialect) {
    ObjectNode node = Json.object().put("description", schema.description(scalar));
    if (dialect == Dialect.V3 && !number.isEmpty()) {
      ArrayNode either = node.putArray("oneOf");
      either.addObject().put("type", number);
      either.addObject().put("type", "string");
    } else {
      node.put("type", scalar.openApiType());
    }
    if (!scalar.openApiFormat().isEmpty()) {
      node.put("format", scalar.openApiFormat());
    }
    return node;
  }
}
