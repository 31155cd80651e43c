package dev.fairlead.api.schema;

/** What Go calls a type in the errors of its JSON decoder. */
final class GoTypes {
  private GoTypes() {}

  /**
   * The type's name.
   *
   * @param texts what its texts are
   */
  static String name(Schema schema, FieldType type, Enumeration texts) {
    return switch (type) {
      case FieldType.Array(FieldType element) -> "[]" + name(schema, element, texts);
      case FieldType.Dictionary(FieldType value) -> "map[string]" + name(schema, value, texts);
      case FieldType.Reference(String name) -> "v1." + schema.type(name).simpleName();
      case FieldType.Scalar scalar ->
          switch (scalar) {
            case STRING -> texts.type().isEmpty() ? "string" : "v1." + texts.type();
            case INT32 -> "int32";
            case INT64 -> "int64";
            case NUMBER -> "float64";
            case BOOLEAN -> "bool";
            case BYTES -> "[]uint8";
            case DATE_TIME -> "v1.Time";
            case MICRO_TIME -> "v1.MicroTime";
            case INT_OR_STRING -> "intstr.IntOrString";
            case QUANTITY -> "resource.Quantity";
            case ANY -> "runtime.RawExtension";
            case FIELDS_V1 -> "v1.FieldsV1";
          };
    };
  }
}
