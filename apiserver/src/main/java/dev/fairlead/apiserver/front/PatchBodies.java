package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Patch;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Parsed;
import dev.fairlead.api.codec.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decodes patches, with what is wrong with their own keys. */
final class PatchBodies {
  private static final Set<String> OPERATION = Set.of("op", "path", "from", "value");

  private PatchBodies() {}

  /**
   * The patch in these bytes.
   *
   * @throws dev.fairlead.api.ApiException 400
   */
  static Patch read(Patch.Type type, byte[] bytes) {
    return switch (type) {
      case JSON -> operations(Json.readArray(bytes));
      case MERGE, STRATEGIC_MERGE -> {
        Parsed<ObjectNode> parsed = Json.read(bytes);
        yield new Patch(type, parsed.tree(), parsed.duplicates());
      }
      case APPLY -> {
        Parsed<ObjectNode> parsed = Yaml.read(bytes);
        yield new Patch(type, parsed.tree(), parsed.duplicates());
      }
    };
  }

  private static Patch operations(Parsed<ArrayNode> parsed) {
    List<String> problems = new ArrayList<>();
    parsed.duplicates().forEach(each -> problems.add("json patch " + each));
    int index = 0;
    for (JsonNode operation : parsed.tree()) {
      for (Map.Entry<String, JsonNode> field : operation.properties()) {
        if (!OPERATION.contains(field.getKey()) && problems.size() < Parsed.DUPLICATES_MAX) {
          problems.add("json patch unknown field \"[%d].%s\"".formatted(index, field.getKey()));
        }
      }
      index++;
    }
    return new Patch(Patch.Type.JSON, parsed.tree(), problems);
  }
}
