package dev.fairlead.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;

/**
 * Writes a status that one controller alone owns. A merge patch of what differs cannot conflict
 * with others who write the same object's spec or metadata.
 */
public final class StatusPatch {
  private StatusPatch() {}

  /**
   * Brings {@code object.status} to {@code wanted}, in one write or none. A vanished object is no
   * error.
   *
   * @param wanted the whole new status; fields that are missing are removed
   * @return whether anything differed
   */
  public static boolean write(KubeApi api, ResourceType type, Document object, ObjectNode wanted) {
    ObjectNode difference = difference(object, wanted);
    if (difference.isEmpty()) {
      return false;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("metadata").put("uid", object.meta().uid());
    body.set("status", difference);
    try {
      api.patch(
          Target.object(type, object.key()).sub("status"),
          new Patch(Patch.Type.MERGE, body),
          WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
    return true;
  }

  /**
   * Makes {@code object.status} all of {@code wanted}, in one write or none: for statuses whose
   * numbers must agree, and whose conditions rest on those before. A vanished object is no error.
   *
   * @throws ApiException 409 when {@code object} is not the newest
   */
  public static void replace(KubeApi api, ResourceType type, Document object, ObjectNode wanted) {
    if (difference(object, wanted).isEmpty()) {
      return;
    }
    ArrayNode body = JsonNodeFactory.instance.arrayNode();
    put(body, "/metadata/uid", JsonNodeFactory.instance.textNode(object.meta().uid()));
    put(
        body,
        "/metadata/resourceVersion",
        JsonNodeFactory.instance.textNode(object.meta().resourceVersion()));
    put(body, "/status", wanted);
    try {
      Document _ =
          api.patch(
              Target.object(type, object.key()).sub("status"),
              new Patch(Patch.Type.JSON, body),
              WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private static void put(ArrayNode patch, String path, JsonNode value) {
    patch.addObject().put("op", "add").put("path", path).set("value", value);
  }

  private static ObjectNode difference(Document object, ObjectNode wanted) {
    ObjectNode difference = JsonNodeFactory.instance.objectNode();
    wanted
        .properties()
        .forEach(entry -> {
          if (!CanonicalJson.same(object.status().path(entry.getKey()), entry.getValue())) {
            difference.set(entry.getKey(), entry.getValue());
          }
        });
    object
        .status()
        .propertyStream()
        .filter(entry -> !wanted.has(entry.getKey()) && !entry.getValue().isNull())
        .forEach(entry -> difference.putNull(entry.getKey()));
    return difference;
  }
}
