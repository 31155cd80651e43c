package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Warnings;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a feature that upstream 1.33 has, but not unless its gate is opened, and here it never
 * is: they are dropped, unless the object had one of them already (upstream {@code
 * dropDisabledFields}). Upstream says nothing; here the writer hears of it.
 *
 * @param gate the feature's name
 * @param fields what is dropped
 * @param emptied objects around the fields that go when nothing is left in them
 */
public record GatedFields(String gate, List<FieldPattern> fields, List<FieldPattern> emptied) {

  public GatedFields {
    fields = List.copyOf(fields);
    emptied = List.copyOf(emptied);
  }

  /** The fields of a feature. */
  public static GatedFields of(String gate, String... fields) {
    return new GatedFields(gate, Stream.of(fields).map(FieldPattern::of).toList(), List.of());
  }

  /** The same with objects that go when nothing is left in them. */
  public GatedFields emptying(String... objects) {
    return new GatedFields(gate, fields, Stream.of(objects).map(FieldPattern::of).toList());
  }

  /** Drops the fields of features from an object; {@code old} is what it was, null when new. */
  public static void drop(List<GatedFields> features, ObjectNode object, @Nullable Document old) {
    for (GatedFields feature : features) {
      if (feature.isUsed(object) && (old == null || !feature.isUsed(old.tree()))) {
        feature.dropFrom(object);
      }
    }
  }

  private void dropFrom(ObjectNode object) {
    for (FieldPattern field : fields) {
      if (field.isIn(object)) {
        Warnings.add("%s: dropped, the feature gate %s is off".formatted(field, gate));
        field.removeFrom(object);
      }
    }
    emptied.forEach(field -> field.removeEmptyFrom(object));
  }

  private boolean isUsed(JsonNode tree) {
    return fields.stream().anyMatch(field -> field.isIn(tree));
  }
}
