package dev.fairlead.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** YAML: trees to text and back. */
public final class Yaml {
  private Yaml() {}

  /**
   * Parses one YAML document from outside.
   *
   * @throws dev.fairlead.api.ApiException 400
   */
  public static ObjectNode parse(byte[] yaml) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes a tree as a YAML document in block style, ending in a newline. */
  public static String text(JsonNode tree) {
    throw new UnsupportedOperationException("not yet");
  }
}
