package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import java.util.TreeSet;

/** What differs between two objects, for a person to read: a line for each side of each field. */
final class TreeDifference {
  private TreeDifference() {}

  static String text(JsonNode before, JsonNode now) {
    TreeSet<String> fields = new TreeSet<>();
    now.fieldNames().forEachRemaining(fields::add);
    before.fieldNames().forEachRemaining(fields::add);
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      if (!Trees.same(now.path(field), before.path(field))) {
        text.append("- ").append(field).append(": ").append(before.path(field)).append('\n');
        text.append("+ ").append(field).append(": ").append(now.path(field)).append('\n');
      }
    }
    return text.toString();
  }
}
