package dev.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.controllers.CanonicalJson;
import dev.fairlead.controllers.TemplateHash;

/**
 * The label {@code pod-template-hash}, which keeps the pods of a Deployment's ReplicaSets apart.
 */
final class PodTemplateHash {
  static final String LABEL = "pod-template-hash";

  private PodTemplateHash() {}

  /**
   * The label's value for a template.
   *
   * @param collisions how often the name made of the hash was already taken by something else
   */
  static String of(JsonNode template, int collisions) {
    return TemplateHash.of(bare(template), collisions);
  }

  /** Whether two templates would make the same pods, the hash label aside. */
  static boolean same(JsonNode one, JsonNode other) {
    return CanonicalJson.same(bare(one), bare(other));
  }

  private static JsonNode bare(JsonNode template) {
    if (!template.at("/metadata/labels").has(LABEL)) {
      return template;
    }
    ObjectNode copy = template.deepCopy();
    copy.withObject("/metadata/labels").remove(LABEL);
    return copy;
  }
}
