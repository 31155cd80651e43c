package dev.fairlead.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/** Turns a JSON tree into YAML events, choosing for each text the style that keeps it text. */
final class YamlWriter {
  private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setIndent(2)
          .setWidth(Integer.MAX_VALUE)
          .setSplitLines(false)
          .setMaxSimpleKeyLength(1024)
          .build();

  private final List<Event> events = new ArrayList<>();

  private YamlWriter() {}

  static String write(JsonNode tree) {
    YamlWriter writer = new YamlWriter();
    writer.events.add(new StreamStartEvent());
    writer.events.add(new DocumentStartEvent(false, Optional.empty(), Collections.emptyMap()));
    writer.value(tree);
    writer.events.add(new DocumentEndEvent(false));
    writer.events.add(new StreamEndEvent());
    String text = new Present(SETTINGS).emitToString(writer.events.iterator());
    return text.endsWith("\n") ? text : text + "\n";
  }

  private void value(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
      events.add(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style(node)));
      sorted.forEach((key, value) -> {
        text(key, true);
        value(value);
      });
      events.add(new MappingEndEvent());
    } else if (node.isArray()) {
      events.add(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style(node)));
      node.forEach(this::value);
      events.add(new SequenceEndEvent());
    } else if (node.isTextual()) {
      text(node.asText(), false);
    } else {
      scalar(node.toString(), ScalarStyle.PLAIN);
    }
  }

  /** What is empty is written {@code {}} or {@code []}. */
  private static FlowStyle style(JsonNode node) {
    return node.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }

  private void text(String text, boolean key) {
    if (YamlScalars.ambiguous(text) || text.chars().anyMatch(YamlWriter::needsEscape)) {
      scalar(text, ScalarStyle.DOUBLE_QUOTED);
    } else if (text.indexOf('\n') >= 0) {
      scalar(text, key ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.LITERAL);
    } else {
      scalar(text, ScalarStyle.PLAIN);
    }
  }

  /** Controls, and what readers take for a line break or a byte order mark. */
  private static boolean needsEscape(int c) {
    return (Character.isISOControl(c) && c != '\n') || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
  }

  private void scalar(String text, ScalarStyle style) {
    events.add(new ScalarEvent(Optional.empty(), Optional.empty(), IMPLICIT, text, style));
  }
}
