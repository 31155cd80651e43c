package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Patch;
import dev.fairlead.api.WriteOptions.Validation;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Parsed;
import dev.fairlead.api.codec.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decodes patches, with what is wrong with their own keys. Upstream decodes a patch whose fields it
 * is to check in another way, so what it says of malformed ones differs too (upstream: {@code
 * endpoints/handlers/patch.go}).
 */
final class PatchBodies {
  private static final Set<String> OPERATION = Set.of("op", "path", "from", "value");
  private static final Set<String> TEXTS = Set.of("op", "path", "from");
  private static final String DECODING = "error decoding patch: ";
  private static final String DECODING_YAML =
      "error decoding YAML: error unmarshaling JSON: while decoding JSON: ";
  private static final String NO_MERGE_PATCH = "Invalid JSON Patch";

  private PatchBodies() {}

  /**
   * The patch in these bytes.
   *
   * @throws dev.fairlead.api.ApiException 400
   */
  static Patch read(Patch.Type type, byte[] bytes, Validation validation) {
    return switch (type) {
      case JSON -> validation == Validation.IGNORE ? plain(bytes) : operations(bytes);
      case MERGE -> validation == Validation.IGNORE ? plainMerge(bytes) : merge(bytes);
      case STRATEGIC_MERGE -> {
        Parsed<JsonNode> parsed = Json.read(bytes, "");
        ObjectNode body = parsed.tree().isNull() ? Json.object() : object(parsed.tree(), "");
        yield new Patch(type, body, parsed.duplicates());
      }
      case APPLY -> applied(bytes);
    };
  }

  private static Patch applied(byte[] bytes) {
    Parsed<JsonNode> parsed;
    try {
      parsed = Yaml.value(bytes);
    } catch (ApiException e) {
      throw ApiException.badRequest(
          "error decoding YAML: error converting YAML to JSON: " + e.message());
    }
    ObjectNode body = parsed.tree().isNull() ? Json.object() : object(parsed.tree(), DECODING_YAML);
    return new Patch(Patch.Type.APPLY, body, parsed.duplicates());
  }

  private static Patch merge(byte[] bytes) {
    Parsed<JsonNode> parsed = Json.read(bytes, DECODING);
    if (parsed.tree().isNull()) {
      throw ApiException.badRequest(NO_MERGE_PATCH);
    }
    return new Patch(Patch.Type.MERGE, object(parsed.tree(), DECODING), parsed.duplicates());
  }

  private static Patch plainMerge(byte[] bytes) {
    Parsed<JsonNode> parsed;
    try {
      parsed = Json.read(bytes, "");
    } catch (ApiException e) {
      throw ApiException.badRequest(NO_MERGE_PATCH);
    }
    if (parsed.tree() instanceof ObjectNode body) {
      return new Patch(Patch.Type.MERGE, body);
    }
    throw ApiException.badRequest(NO_MERGE_PATCH);
  }

  private static ObjectNode object(JsonNode tree, String before) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw misfit(before, tree, "value of type map[string]interface {}");
  }

  private static Patch plain(byte[] bytes) {
    JsonNode tree = list(Json.read(bytes, "").tree(), "", "jsonpatch.Patch");
    return new Patch(Patch.Type.JSON, tree);
  }

  private static Patch operations(byte[] bytes) {
    Parsed<JsonNode> parsed = Json.read(bytes, DECODING);
    JsonNode tree = list(parsed.tree(), DECODING, "[]handlers.jsonPatchOp");
    List<String> problems = new ArrayList<>();
    parsed.duplicates().forEach(each -> problems.add("json patch " + each));
    int index = 0;
    for (JsonNode operation : tree) {
      check(operation);
      for (Map.Entry<String, JsonNode> field : operation.properties()) {
        if (!OPERATION.contains(field.getKey()) && problems.size() < Parsed.DUPLICATES_MAX) {
          problems.add("json patch unknown field \"[%d].%s\"".formatted(index, field.getKey()));
        }
      }
      index++;
    }
    return new Patch(Patch.Type.JSON, tree, problems);
  }

  private static JsonNode list(JsonNode tree, String before, String type) {
    if (tree.isNull()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    if (!tree.isArray()) {
      throw misfit(before, tree, "value of type " + type);
    }
    return tree;
  }

  private static void check(JsonNode operation) {
    if (!operation.isObject() && !operation.isNull()) {
      throw misfit(DECODING, operation, "value of type handlers.jsonPatchOp");
    }
    for (Map.Entry<String, JsonNode> field : operation.properties()) {
      boolean text = field.getValue().isTextual() || field.getValue().isNull();
      if (TEXTS.contains(field.getKey()) && !text) {
        throw misfit(
            DECODING,
            field.getValue(),
            "struct field jsonPatchOp.%s of type string".formatted(field.getKey()));
      }
    }
  }

  private static ApiException misfit(String before, JsonNode found, String wanted) {
    return ApiException.badRequest(
        "%sjson: cannot unmarshal %s into Go %s".formatted(before, Json.goKind(found), wanted));
  }
}
