package dev.fairlead.apiserver.tables;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Renders objects as {@code meta.k8s.io Table}s, the form that kubectl prints. */
public final class Tables {
  private static final byte[] ROWS = ascii(",\"rows\":[");
  private static final byte[] CELLS = ascii("{\"cells\":");
  private static final byte[] OBJECT = ascii(",\"object\":");
  private static final byte[] END = ascii("]}");

  private final InstantSource clock;

  /**
   * Tables whose ages are seen from this clock.
   *
   * @param clock what time it is
   */
  public Tables(InstantSource clock) {
    this.clock = clock;
  }

  /** What of the object comes with each row. */
  public enum Include {
    NONE,
    METADATA,
    OBJECT
  }

  /**
   * What a client wants to see.
   *
   * @param version of {@code meta.k8s.io} as the client asked for it
   * @param headers whether to define the columns: a watch does so once
   */
  public record Style(String version, Include include, boolean headers) {}

  /** The second that it is now: a row says the same of an object as long as it lasts. */
  public long second() {
    return clock.instant().getEpochSecond();
  }

  /**
   * Writes one table as JSON: first its columns, then row after row.
   *
   * @param metadata the list's metadata
   */
  public void write(
      OutputStream out, ResourceType type, List<Document> objects, ObjectNode metadata, Style style)
      throws IOException {
    boolean scale = objects.size() == 1 && objects.getFirst().kind().equals("Scale");
    List<Column> columns = scale ? Columns.scale() : Columns.of(type);
    byte[] head = Json.bytes(head(columns, metadata, style));
    out.write(head, 0, head.length - 1);
    out.write(ROWS);
    Instant now = clock.instant();
    boolean first = true;
    for (Document object : objects) {
      if (!first) {
        out.write(',');
      }
      first = false;
      row(out, cells(columns, Columns.subject(type, object), now), object, style);
    }
    out.write(END);
  }

  private static ObjectNode head(List<Column> columns, ObjectNode metadata, Style style) {
    ObjectNode head = Json.object();
    head.put("kind", "Table").put("apiVersion", "meta.k8s.io/" + style.version());
    head.set("metadata", metadata);
    ArrayNode definitions = head.putArray("columnDefinitions");
    if (style.headers()) {
      columns.forEach(column -> define(definitions.addObject(), column));
    }
    return head;
  }

  private static void define(ObjectNode definition, Column column) {
    definition
        .put("name", column.name())
        .put("type", column.type())
        .put("format", column.format())
        .put("description", "")
        .put("priority", column.priority());
  }

  private static ArrayNode cells(List<Column> columns, Document object, Instant now) {
    ArrayNode cells = Json.object().arrayNode(columns.size());
    for (Column column : columns) {
      switch (column.cell().of(object, now)) {
        case Number number -> cells.add(number.longValue());
        case Boolean flag -> cells.add(flag);
        case Object text -> cells.add(text.toString());
      }
    }
    return cells;
  }

  /** What comes with the cells is encoded already, or kept once it is. */
  private static void row(OutputStream out, ArrayNode cells, Document object, Style style)
      throws IOException {
    out.write(CELLS);
    out.write(Json.bytes(cells));
    switch (style.include()) {
      case NONE -> {}
      case METADATA -> {
        out.write(OBJECT);
        out.write(Partial.of(object, style.version()).json());
      }
      case OBJECT -> {
        out.write(OBJECT);
        out.write(object.json());
      }
    }
    out.write('}');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
