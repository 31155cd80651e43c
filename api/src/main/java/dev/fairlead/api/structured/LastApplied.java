package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What client-side apply left behind: the annotation with the object as it was last applied.
 * kubectl alone may take over what it says, so that moving to server-side apply meets no conflicts.
 */
final class LastApplied {
  static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String KUBECTL = "kubectl";
  private static final int ANNOTATIONS_BYTES_MAX = 256 * 1024;

  private final Schema schema;
  private final Structures structures;

  LastApplied(Schema schema, Structures structures) {
    this.schema = schema;
    this.structures = structures;
  }

  /** The fields that this manager may take over without force. */
  FieldSet mayTake(Write write, ObjectNode live) {
    String text = annotation(live);
    if (!write.manager().name().equals(KUBECTL) || text.isEmpty()) {
      return FieldSet.EMPTY;
    }
    ObjectNode last;
    try {
      last = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (ApiException e) {
      return FieldSet.EMPTY; // Somebody's own text in the annotation allows nothing.
    }
    if (!last.path("apiVersion").asText("").equals(write.manager().apiVersion())
        || !new Conformance(schema, structures).check(write.type(), last).isEmpty()) {
      return FieldSet.EMPTY; // So does what is of another version, or does not fit its type.
    }
    Structure structure = structures.of(write.type());
    Comparison changed = Comparer.compare(structure, last, live);
    return Sets.of(structure, last).difference(changed.written()).difference(changed.removed());
  }

  /** Keeps the annotation in step with what kubectl applies on the server's side. */
  static void follow(Write write, ObjectNode config, ObjectNode next) {
    if (!write.manager().name().equals(KUBECTL) || annotation(next).isEmpty()) {
      return;
    }
    ObjectNode said = config.deepCopy();
    if (said.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.remove(ANNOTATION);
    }
    if (next.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.put(ANNOTATION, Json.text(sorted(said)) + "\n");
      if (size(annotations) > ANNOTATIONS_BYTES_MAX) {
        annotations.remove(ANNOTATION);
      }
    }
  }

  /** Keys in the order that Go's encoder gives them. */
  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = Json.object();
      object
          .propertyStream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(each -> result.set(each.getKey(), sorted(each.getValue())));
      return result;
    }
    if (node instanceof ArrayNode list) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode(list.size());
      list.forEach(each -> result.add(sorted(each)));
      return result;
    }
    return node;
  }

  private static long size(ObjectNode annotations) {
    long size = 0;
    for (Map.Entry<String, JsonNode> each : annotations.properties()) {
      size += each.getKey().getBytes(StandardCharsets.UTF_8).length;
      size += each.getValue().asText("").getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }

  private static String annotation(ObjectNode object) {
    return object.path("metadata").path("annotations").path(ANNOTATION).asText("");
  }
}
