package dev.fairlead.apiserver.versions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.select.FieldSelector;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One event, as {@code v1} and as {@code events.k8s.io/v1} tell it (KEP-383). Pure; nothing is lost
 * either way, since both have the same fields under other names.
 */
public final class EventVersions {
  /** Field in {@code events.k8s.io/v1} → field in {@code v1}. */
  private static final Map<String, String> NAMES =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private EventVersions() {}

  /** The event in {@code events.k8s.io/v1}. */
  public static Document toEvents(Document event) {
    ObjectNode to = start(event, Kinds.EVENTS_EVENT);
    for (Map.Entry<String, JsonNode> field : event.tree().properties()) {
      String name = field.getKey();
      String renamed =
          NAMES.entrySet().stream()
              .filter(each -> each.getValue().equals(name))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(name);
      put(to, renamed, field.getValue());
    }
    return Document.of(to);
  }

  /** The event in {@code v1}, as it is stored. */
  public static Document toCore(Document event) {
    ObjectNode to = start(event, Kinds.EVENT);
    for (Map.Entry<String, JsonNode> field : event.tree().properties()) {
      put(to, NAMES.getOrDefault(field.getKey(), field.getKey()), field.getValue());
    }
    return Document.of(to);
  }

  /**
   * A field selector of {@code events.k8s.io/v1}, as {@code v1} knows it.
   *
   * @throws dev.fairlead.api.ApiException 400 for a field that this version does not know
   */
  public static String toCore(String fieldSelector) {
    return FieldSelector.parse(Kinds.EVENTS_EVENT, fieldSelector).terms().stream()
        .map(term -> new FieldSelector.Term(coreField(term.field()), term.equal(), term.value()))
        .map(FieldSelector.Term::toString)
        .collect(Collectors.joining(","));
  }

  private static String coreField(String field) {
    String regarding = "regarding.";
    if (field.startsWith(regarding)) {
      return "involvedObject." + field.substring(regarding.length());
    }
    return field.equals("reportingController") ? "reportingComponent" : field;
  }

  private static ObjectNode start(Document event, ResourceType type) {
    ObjectNode tree = Json.object();
    if (!event.kind().isEmpty()) {
      tree.put("kind", type.kind());
    }
    if (!event.apiVersion().isEmpty()) {
      tree.put("apiVersion", type.apiVersion());
    }
    return tree;
  }

  private static void put(ObjectNode to, String name, JsonNode value) {
    if (!name.equals("kind") && !name.equals("apiVersion")) {
      to.set(name, value);
    }
  }
}
