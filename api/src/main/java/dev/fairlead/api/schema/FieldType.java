package dev.fairlead.api.schema;

/** The type of a field's value, in terms of its JSON form. */
public sealed interface FieldType {

  /** A value that is not made of others. */
  enum Scalar implements FieldType {
    STRING("string", ""),
    INT32("integer", "int32"),
    INT64("integer", "int64"),
    NUMBER("number", "double"),
    BOOLEAN("boolean", ""),
    /** Base64 text. */
    BYTES("string", "byte"),
    /** RFC 3339, seconds. */
    DATE_TIME("string", "date-time"),
    /** RFC 3339, microseconds. */
    MICRO_TIME("string", "date-time"),
    /** A 32-bit integer or a string. */
    INT_OR_STRING("string", "int-or-string"),
    /** A string or a number such as {@code 100m}. */
    QUANTITY("string", ""),
    /** Any JSON value; upstream's {@code RawExtension}. */
    ANY("object", ""),
    /** A set of fields as {@code managedFields} holds it. */
    FIELDS_V1("object", "");

    private final String openApiType;
    private final String openApiFormat;

    Scalar(String openApiType, String openApiFormat) {
      this.openApiType = openApiType;
      this.openApiFormat = openApiFormat;
    }

    /** OpenAPI's {@code type}. */
    public String openApiType() {
      return openApiType;
    }

    /** OpenAPI's {@code format}; empty for none. */
    public String openApiFormat() {
      return openApiFormat;
    }
  }

  /** A list. */
  record Array(FieldType element) implements FieldType {}

  /** An object with free keys. */
  record Dictionary(FieldType value) implements FieldType {}

  /**
   * Another type of the schema.
   *
   * @param type its canonical name, for example {@code io.k8s.api.core.v1.PodSpec}
   */
  record Reference(String type) implements FieldType {}
}
