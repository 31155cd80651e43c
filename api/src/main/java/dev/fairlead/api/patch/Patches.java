package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.Schema;

/**
 * Applies patches to documents. What comes out may break the type's rules: check it with {@link
 * dev.fairlead.api.schema.FieldValidation} and the registry's own validation.
 */
public final class Patches {
  private static final String ACCEPTED =
      "accepted media types include: application/json-patch+json, application/merge-patch+json,"
          + " application/strategic-merge-patch+json";

  private Patches() {}

  /**
   * Applies a patch; neither the original nor the patch is changed. What comes out may share nodes
   * with both.
   *
   * @throws ApiException 400 for a patch that is malformed, 413 for more than 10,000 operations,
   *     415 for server-side apply, 422 for a JSON patch that does not apply to this object
   */
  public static Document apply(ResourceType type, Document original, Patch patch) {
    return Document.of(
        switch (patch.type()) {
          case JSON -> JsonPatch.apply(original.tree(), operations(patch.body()));
          case MERGE -> MergePatch.apply(original.tree(), object(patch.body()));
          case STRATEGIC_MERGE -> strategic(type, original.tree(), object(patch.body()));
          case APPLY ->
              throw new ApiException(
                  415,
                  "UnsupportedMediaType",
                  "server-side apply (application/apply-patch+yaml) is not supported - " + ACCEPTED,
                  null);
        });
  }

  private static ObjectNode strategic(ResourceType type, ObjectNode original, ObjectNode patch) {
    Schema schema = Schema.load();
    FieldType root = new FieldType.Reference(schema.of(type).name());
    return new StrategicMergePatch(schema).apply(original, patch, root);
  }

  private static ArrayNode operations(JsonNode body) {
    if (body instanceof ArrayNode array) {
      return array;
    }
    throw ApiException.badRequest(
        "json: cannot unmarshal %s into Go value of type jsonpatch.Patch"
            .formatted(Json.goKind(body)));
  }

  private static ObjectNode object(JsonNode body) {
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest(
        "json: cannot unmarshal %s into Go value of type map[string]interface {}"
            .formatted(Json.goKind(body)));
  }
}
