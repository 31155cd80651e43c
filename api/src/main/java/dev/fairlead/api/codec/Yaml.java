package dev.fairlead.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;

/**
 * YAML: trees to text and back. Plain scalars mean what they mean to upstream's converter
 * (sigs.k8s.io/yaml, YAML 1.1 words): {@code yes} is true, {@code 0777} is octal, {@code ~} is
 * null.
 */
public final class Yaml {
  private Yaml() {}

  /**
   * Parses one YAML document from outside. Aliases, depth and size are bounded.
   *
   * @param yaml UTF-8; the caller bounds the size
   * @return the document's mapping; of a key that stands twice, the last value
   * @throws ApiException 400
   */
  public static ObjectNode parse(byte[] yaml) {
    return read(yaml).tree();
  }

  /** As {@link #parse}, with the keys that stood twice. */
  public static Parsed<ObjectNode> read(byte[] yaml) {
    try {
      Parsed<JsonNode> any = YamlReader.read(yaml);
      if (any.tree() instanceof ObjectNode object) {
        return new Parsed<>(object, any.duplicates());
      }
      throw new MalformedException(
          "json: cannot unmarshal %s into Go value of type map[string]interface {}"
              .formatted(Json.goKind(any.tree())));
    } catch (MalformedException e) {
      throw ApiException.badRequest("error decoding YAML: " + e.getMessage());
    }
  }

  /**
   * Writes a tree as kubectl prints it: block style, keys in alphabetical order, lists not indented
   * under their key, ending in a newline.
   */
  public static String text(JsonNode tree) {
    return YamlWriter.write(tree);
  }
}
