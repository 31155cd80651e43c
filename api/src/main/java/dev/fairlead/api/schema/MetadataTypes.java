package dev.fairlead.api.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code PartialObjectMetadata} and its list, which the client's artifacts lack. The list of
 * v1beta1 has its protobuf numbers the other way round.
 */
final class MetadataTypes {
  private static final String NAME = "PartialObjectMetadata";
  private static final FieldType OBJECT_META =
      new FieldType.Reference(Schema.META + "v1.ObjectMeta");
  private static final FieldType LIST_META = new FieldType.Reference(Schema.META + "v1.ListMeta");

  private MetadataTypes() {}

  static List<TypeSchema> all() {
    List<TypeSchema> types = new ArrayList<>();
    for (String version : List.of("v1", "v1beta1")) {
      String item = Schema.META + version + "." + NAME;
      boolean newer = version.equals("v1");
      types.add(type(item, field("metadata", OBJECT_META, 1)));
      types.add(
          type(
              item + "List",
              field("metadata", LIST_META, newer ? 1 : 2),
              field("items", new FieldType.Array(new FieldType.Reference(item)), newer ? 2 : 1)));
    }
    return types;
  }

  private static TypeSchema type(String name, Field... fields) {
    Map<String, Field> all = new LinkedHashMap<>();
    for (Field field : fields) {
      all.put(field.name(), field);
    }
    return new TypeSchema(name, "", "", all);
  }

  private static Field field(String name, FieldType type, int number) {
    return new Field(name, type, "", false, List.of(number), Field.Rules.NONE);
  }
}
