package dev.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.controllers.CanonicalJson;
import java.nio.charset.StandardCharsets;

/**
 * The label {@code pod-template-hash}, which keeps the pods of a Deployment's ReplicaSets apart. As
 * upstream it is an FNV-1a hash in an alphabet without vowels; unlike there it is taken over the
 * canonical JSON, so the values differ from upstream's.
 */
final class PodTemplateHash {
  static final String LABEL = "pod-template-hash";

  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private PodTemplateHash() {}

  /**
   * The label's value for a template.
   *
   * @param collisions how often the name made of the hash was already taken by something else
   */
  static String of(JsonNode template, int collisions) {
    int hash = FNV_OFFSET;
    String text = canonical(template) + (collisions == 0 ? "" : "#" + collisions);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    StringBuilder name = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
      name.append(ALPHABET.charAt(digit % ALPHABET.length()));
    }
    return name.toString();
  }

  /** Whether two templates would make the same pods, the hash label aside. */
  static boolean same(JsonNode one, JsonNode other) {
    return canonical(one).equals(canonical(other));
  }

  private static String canonical(JsonNode template) {
    if (template.at("/metadata/labels").has(LABEL)) {
      ObjectNode copy = template.deepCopy();
      copy.withObject("/metadata/labels").remove(LABEL);
      return CanonicalJson.text(copy);
    }
    return CanonicalJson.text(template);
  }
}
