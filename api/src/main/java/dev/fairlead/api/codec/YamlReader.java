package dev.fairlead.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a JSON tree from YAML events. Working on events rather than on a composed graph keeps
 * depth and the growth through aliases under our own count, and sees keys that stand twice.
 */
final class YamlReader {
  private static final String TAG = "tag:yaml.org,2002:";
  private static final int ALIASED_NODES_MAX = 100_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Iterator<Event> events;
  private final Map<String, JsonNode> anchors = new HashMap<>();
  private final List<String> duplicates = new ArrayList<>();
  private int aliasedNodes;
  private int nodes;

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  static Parsed<JsonNode> read(byte[] yaml) throws MalformedException {
    JsonSyntax.requireUtf8(yaml);
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      YamlReader reader =
          new YamlReader(
              new Parse(settings).parseString(new String(yaml, StandardCharsets.UTF_8)).iterator());
      return reader.document();
    } catch (YamlEngineException e) {
      throw new MalformedException(
          "yaml: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("malformed"));
    }
  }

  private Parsed<JsonNode> document() throws MalformedException {
    Event event = events.next();
    while (event.getEventId() == Event.ID.StreamStart
        || event.getEventId() == Event.ID.DocumentStart) {
      event = events.next();
    }
    if (event.getEventId() == Event.ID.StreamEnd) {
      return new Parsed<>(NODES.nullNode(), List.of());
    }
    JsonNode tree = value(event, "", 0);
    events.next();
    if (events.next().getEventId() != Event.ID.StreamEnd) {
      throw new MalformedException("yaml: expected a single document");
    }
    return new Parsed<>(tree, duplicates);
  }

  private JsonNode value(Event event, String path, int depth) throws MalformedException {
    if (depth > Json.DEPTH_MAX) {
      throw new MalformedException("yaml: exceeded max depth");
    }
    if (++nodes > Json.NODES_MAX) {
      throw new MalformedException("yaml: too many values");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    JsonNode node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> sequence(path, depth);
          case MappingStartEvent start -> mapping(path, depth);
          default -> throw new IllegalStateException("not a value: " + event);
        };
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
    return node;
  }

  private JsonNode aliased(AliasEvent alias) throws MalformedException {
    String name = alias.getAlias().getValue();
    JsonNode node = anchors.get(name);
    if (node == null) {
      throw new MalformedException("yaml: unknown anchor '%s' referenced".formatted(name));
    }
    aliasedNodes = Math.addExact(aliasedNodes, size(node));
    if (aliasedNodes > ALIASED_NODES_MAX) {
      throw new MalformedException("yaml: document contains excessive aliasing");
    }
    return node.deepCopy();
  }

  /** Counts no further than what is allowed in all. */
  private static int size(JsonNode node) {
    int size = 1;
    for (JsonNode child : node) {
      size += size(child);
      if (size > ALIASED_NODES_MAX) {
        break;
      }
    }
    return size;
  }

  private static JsonNode scalar(ScalarEvent event) {
    String tag = event.getTag().orElse("");
    boolean typed = tag.startsWith(TAG) && !tag.equals(TAG + "str") && !tag.equals(TAG + "binary");
    boolean plain = event.isPlain() && tag.isEmpty();
    return plain || typed
        ? YamlScalars.resolve(event.getValue())
        : NODES.textNode(JsonSyntax.wellFormed(event.getValue()));
  }

  private JsonNode sequence(String path, int depth) throws MalformedException {
    ArrayNode array = NODES.arrayNode();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      array.add(value(event, path + "[" + array.size() + "]", depth + 1));
    }
    return array;
  }

  private JsonNode mapping(String path, int depth) throws MalformedException {
    ObjectNode object = NODES.objectNode();
    List<JsonNode> merges = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      JsonNode key = value(event, path, depth + 1);
      if (key.isContainerNode()) {
        throw new MalformedException("yaml: a mapping or sequence cannot be a key");
      }
      String name = event instanceof ScalarEvent scalar ? keyText(scalar, key) : key.asText();
      String inner = path.isEmpty() ? name : path + "." + name;
      Event first = events.next();
      JsonNode value = value(first, inner, depth + 1);
      if (name.equals("<<") && event instanceof ScalarEvent scalar && scalar.isPlain()) {
        merges.add(value);
      } else if (object.replace(name, value) != null && duplicates.size() < Parsed.DUPLICATES_MAX) {
        duplicates.add("line %d: key %s already set in map".formatted(line(first), shown(key)));
      }
    }
    for (JsonNode merge : merges) {
      merge(object, merge);
    }
    return object;
  }

  /** The line of a value, the first being 1. */
  private static int line(Event value) {
    return value.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static String shown(JsonNode key) {
    return key.isTextual() ? key.toString() : key.asText();
  }

  /**
   * JSON keys are text: numbers keep their spelling, booleans become {@code true} and {@code
   * false}.
   */
  private static String keyText(ScalarEvent event, JsonNode key) {
    return key.isBoolean() ? key.asText() : JsonSyntax.wellFormed(event.getValue());
  }

  private static void merge(ObjectNode object, JsonNode merge) throws MalformedException {
    switch (merge) {
      case ObjectNode other ->
          other.properties().forEach(each -> object.putIfAbsent(each.getKey(), each.getValue()));
      case ArrayNode several -> {
        for (JsonNode each : several) {
          if (!each.isObject()) {
            throw new MalformedException("yaml: map merge requires map or sequence of maps");
          }
          merge(object, each);
        }
      }
      default -> throw new MalformedException("yaml: map merge requires map or sequence of maps");
    }
  }
}
