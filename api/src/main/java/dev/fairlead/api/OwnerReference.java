package dev.fairlead.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Who an object belongs to (API: {@code meta/v1 OwnerReference}).
 *
 * @param controller whether the owner manages the object; at most one reference has this set
 * @param blockOwnerDeletion whether foreground deletion of the owner waits for this object
 */
public record OwnerReference(
    String apiVersion,
    String kind,
    String name,
    String uid,
    boolean controller,
    boolean blockOwnerDeletion) {

  static OwnerReference read(JsonNode node) {
    return new OwnerReference(
        node.path("apiVersion").asText(""),
        node.path("kind").asText(""),
        node.path("name").asText(""),
        node.path("uid").asText(""),
        node.path("controller").asBoolean(false),
        node.path("blockOwnerDeletion").asBoolean(false));
  }

  /** A controlling reference to {@code owner} that also blocks its foreground deletion. */
  public static OwnerReference controllerOf(Document owner) {
    return new OwnerReference(
        owner.apiVersion(), owner.kind(), owner.name(), owner.meta().uid(), true, true);
  }

  /** This reference as it stands in {@code metadata.ownerReferences}. */
  public ObjectNode toTree() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiVersion", apiVersion)
        .put("kind", kind)
        .put("name", name)
        .put("uid", uid)
        .put("controller", controller)
        .put("blockOwnerDeletion", blockOwnerDeletion);
  }
}
