package dev.fairlead.api.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TestTypes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What several managers' writes, one after the other, make of an object and of who manages it: the
 * tables {@code stories.yaml} hold what structured-merge-diff makes of the same writes.
 */
class StoriesTest {

  static Stream<Arguments> stories() throws IOException {
    ObjectNode tables;
    try (InputStream resource = StoriesTest.class.getResourceAsStream("stories.yaml")) {
      tables = Yaml.parse(resource.readAllBytes());
    }
    Schema schema = TestTypes.schema(tables.path("types").asText());
    return tables
        .path("stories")
        .propertyStream()
        .map(each -> Arguments.of(each.getKey(), schema, each.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void endsAsUpstream(String name, Schema schema, JsonNode table) {
    Story story = new Story(schema, schema.type("Root"), "v1", "Root");
    table.path("writes").forEach(write -> step(story, write));

    if (table.has("object")) {
      assertThat(story.object).isEqualTo(table.get("object"));
    }
    if (table.has("managed")) {
      assertThat(managed(story)).isEqualTo(paths(table.get("managed")));
    }
  }

  /** One write: {@code {apply one: config}}, with {@code conflicts}, {@code ignored} if any. */
  private static void step(Story story, JsonNode write) {
    Map.Entry<String, JsonNode> first = write.properties().iterator().next();
    String[] words = first.getKey().split(" ", -1);
    ObjectNode content =
        first.getValue() instanceof ObjectNode object ? object.deepCopy() : Json.object();
    story.version = words.length > 2 ? words[2] : "v1";
    story.ignored = ignored(write.path("ignored").asText(""));
    switch (words[0]) {
      case "update" -> story.update(words[1], content);
      case "force" -> story.apply(words[1], content, true);
      case "apply" -> {
        if (write.has("conflicts")) {
          refused(story, words[1], content, write.get("conflicts").asText());
        } else {
          story.apply(words[1], content, false);
        }
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  /** Nothing changes, and the causes are these: manager and path, one after the other. */
  private static void refused(Story story, String manager, ObjectNode config, String conflicts) {
    assertThatThrownBy(() -> story.apply(manager, config, false))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(409);
              List<String> causes =
                  e.status()
                      .tree()
                      .path("details")
                      .path("causes")
                      .valueStream()
                      .map(cause ->
                          cause.path("message").asText().split("\"", -1)[1]
                              + " "
                              + cause.path("field").asText())
                      .toList();
              assertThat(String.join(" ", causes)).isEqualTo(conflicts);
            });
  }

  /** A path of names. */
  private static FieldSet ignored(String path) {
    return path.isEmpty() ? FieldSet.EMPTY : FieldSet.of(path.substring(1).split("\\.", -1));
  }

  private static Map<String, TreeSet<String>> managed(Story story) {
    Map<String, TreeSet<String>> managed = new TreeMap<>();
    for (ManagedEntry each : story.managed.entries()) {
      Manager manager = each.manager();
      String version = manager.apiVersion().equals("v1") ? "" : " " + manager.apiVersion();
      managed.put(
          manager.operation().text().toLowerCase(Locale.ROOT) + " " + manager.name() + version,
          new TreeSet<>(each.fields().paths()));
    }
    return managed;
  }

  private static Map<String, TreeSet<String>> paths(JsonNode table) {
    Map<String, TreeSet<String>> managed = new TreeMap<>();
    table
        .properties()
        .forEach(each ->
            managed.put(
                each.getKey(),
                new TreeSet<>(List.of(each.getValue().asText().strip().split("\\s+", -1)))));
    return managed;
  }
}
