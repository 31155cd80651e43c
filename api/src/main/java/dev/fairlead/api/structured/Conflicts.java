package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.fieldset.FieldSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fields that an applied object would change and others manage.
 *
 * @param fields by their manager; none empty
 */
record Conflicts(SortedMap<Manager, FieldSet> fields) {
  Conflicts {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  /** Without these fields. */
  Conflicts without(FieldSet allowed) {
    SortedMap<Manager, FieldSet> rest = new TreeMap<>();
    fields.forEach((manager, set) -> {
      FieldSet left = set.difference(allowed);
      if (!left.isEmpty()) {
        rest.put(manager, left);
      }
    });
    return new Conflicts(rest);
  }

  /** 409 with one cause per field. */
  ApiException refusal() {
    ObjectNode details = Json.object();
    ArrayNode causes = details.putArray("causes");
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Manager, FieldSet> each : fields.entrySet()) {
      String manager = each.getKey().describe();
      lines.add("conflicts with %s:".formatted(manager));
      for (String path : each.getValue().paths()) {
        causes
            .addObject()
            .put("reason", "FieldManagerConflict")
            .put("message", "conflict with " + manager)
            .put("field", path);
        lines.add("- " + path);
      }
    }
    String message =
        causes.size() == 1
            ? "Apply failed with 1 conflict: %s: %s"
                .formatted(
                    causes.get(0).path("message").asText(), causes.get(0).path("field").asText())
            : "Apply failed with %d conflicts: %s"
                .formatted(causes.size(), String.join("\n", lines));
    return new ApiException(409, "Conflict", message, details);
  }
}
