package dev.fairlead.api.schema.extract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a JSON field sits in a protobuf message.
 *
 * @param path field numbers: one, or more when JSON inlines an embedded message
 */
record MessageField(List<Integer> path, FieldDescriptor descriptor) {

  /**
   * The field of this JSON name. Go structs embed others (a volume its source, a probe its
   * handler); JSON shows the embedded fields as if they were the outer ones, protobuf does not. So
   * a name that is not found is looked for in the message fields whose own names JSON does not
   * know.
   *
   * @param jsonNames all JSON names of the type
   */
  static Optional<MessageField> find(Descriptor message, String name, List<String> jsonNames) {
    FieldDescriptor direct = byName(message, name);
    if (direct != null) {
      return Optional.of(new MessageField(List.of(direct.getNumber()), direct));
    }
    for (FieldDescriptor embedded : message.getFields()) {
      if (!jsonNames.contains(embedded.getName()) && isMessage(embedded)) {
        Optional<MessageField> inner = find(embedded.getMessageType(), name, jsonNames);
        if (inner.isPresent()) {
          List<Integer> path = new ArrayList<>(List.of(embedded.getNumber()));
          path.addAll(inner.get().path());
          return Optional.of(new MessageField(path, inner.get().descriptor()));
        }
      }
    }
    return Optional.empty();
  }

  /** The message that this field holds: itself, its elements, or its map's values. */
  Optional<Descriptor> message() {
    FieldDescriptor value =
        descriptor.isMapField() ? descriptor.getMessageType().findFieldByName("value") : descriptor;
    return value.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? Optional.of(value.getMessageType())
        : Optional.empty();
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
  }

  private static @org.jspecify.annotations.Nullable FieldDescriptor byName(
      Descriptor message, String name) {
    for (FieldDescriptor field : message.getFields()) {
      if (field.getName().equals(name) || field.getJsonName().equals(name)) {
        return field;
      }
    }
    for (FieldDescriptor field : message.getFields()) {
      // Upstream spells one of its fields aPIGroup in protobuf and apiGroup in JSON.
      if (field.getName().equalsIgnoreCase(name)) {
        return field;
      }
    }
    return null;
  }
}
