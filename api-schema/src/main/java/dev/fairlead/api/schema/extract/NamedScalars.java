package dev.fairlead.api.schema.extract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scalar types that are types of their own upstream. The client has no models of them; where a
 * field is of such a type, its model describes the type instead of the field.
 */
final class NamedScalars {
  private static final Map<String, Descriptor> MESSAGES =
      Map.of(
          "INT_OR_STRING", message(IntStr.getDescriptor(), "IntOrString"),
          "QUANTITY", message(Resource.getDescriptor(), "Quantity"),
          "DATE_TIME", message(Meta.getDescriptor(), "Time"),
          "MICRO_TIME", message(Meta.getDescriptor(), "MicroTime"),
          "FIELDS_V1", message(Meta.getDescriptor(), "FieldsV1"),
          "ANY", message(Runtime.getDescriptor(), "RawExtension"));

  private static final Map<Type, String> INSTEAD_OF_FIELDS =
      Map.of(IntOrString.class, "INT_OR_STRING", Quantity.class, "QUANTITY");

  private final Map<String, String> models = new HashMap<>();

  private static Descriptor message(FileDescriptor file, String name) {
    return file.findMessageTypeByName(name);
  }

  /** What the model says of the field itself; empty when it describes its type. */
  String ofField(ModelField field) {
    String scalar = INSTEAD_OF_FIELDS.get(field.type());
    if (scalar == null) {
      return field.description();
    }
    models.putIfAbsent(scalar, field.description());
    return "";
  }

  /** The descriptions of the types, by name; complete when all fields have been seen. */
  Map<String, String> descriptions(Comments comments) {
    Map<String, String> all = new TreeMap<>();
    MESSAGES.forEach((scalar, message) ->
        all.put(
            scalar, Descriptions.choose(models.getOrDefault(scalar, ""), comments.of(message))));
    return all;
  }
}
