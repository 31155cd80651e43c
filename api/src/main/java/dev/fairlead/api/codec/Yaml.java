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
    return Json.requireObject(value(yaml));
  }

  /**
   * Parses any one value of a YAML document from outside, within the same bounds.
   *
   * @throws ApiException 400, in the words of Go's decoder
   */
  public static Parsed<JsonNode> value(byte[] yaml) {
    try {
      return YamlReader.read(yaml);
    } catch (MalformedException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
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
