package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Yaml;
import java.util.function.Consumer;

/**
 * What gnostic's messages of both versions of OpenAPI have in common: a map is a list of pairs, and
 * values of any kind, such as extensions, travel as YAML text.
 */
final class GnosticWriter {
  private static final int NAME = 1;
  private static final int VALUE = 2;
  private static final int YAML = 2;

  private final WireWriter out = new WireWriter();

  /** What this writes to. */
  WireWriter out() {
    return out;
  }

  /**
   * {@code Info}, of which our documents have title and version.
   *
   * @param version its number
   */
  void info(JsonNode info, int version) {
    info.forEachEntry((field, value) -> {
      switch (field) {
        case "title" -> out.text(1, value.asText());
        case "version" -> out.text(version, value.asText());
        default -> extension(7, field, value);
      }
    });
  }

  /** A map, as pairs of name and message. */
  void pairs(int number, JsonNode map, Consumer<JsonNode> content) {
    map.forEachEntry((name, value) ->
        out.message(
            number,
            () -> {
              out.text(NAME, name);
              out.message(VALUE, () -> content.accept(value));
            }));
  }

  /** Each text of a list. */
  void texts(int number, JsonNode list) {
    list.forEach(each -> out.text(number, each.asText()));
  }

  /**
   * An extension.
   *
   * @throws IllegalStateException when it is none: a field that the encoder does not know
   */
  void extension(int number, String name, JsonNode value) {
    if (!name.startsWith("x-")) {
      throw new IllegalStateException("not encodable: " + name);
    }
    out.message(
        number,
        () -> {
          out.text(NAME, name);
          any(VALUE, value);
        });
  }

  /** {@code Any}. */
  void any(int number, JsonNode value) {
    // A JSON scalar is YAML too.
    String yaml = value.isEmpty() ? value.toString() : Yaml.text(value);
    out.message(number, () -> out.text(YAML, yaml));
  }
}
