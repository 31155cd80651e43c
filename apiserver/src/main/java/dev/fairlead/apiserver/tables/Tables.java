package dev.fairlead.apiserver.tables;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import java.time.InstantSource;
import java.util.List;

/** Renders objects as {@code meta.k8s.io Table}s, the form that kubectl prints. */
public final class Tables {
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
   * One table.
   *
   * @param version of {@code meta.k8s.io} as the client asked for it
   * @param metadata the list's metadata; owned by the table from now on
   * @param headers whether to define the columns: a watch does so once
   */
  public ObjectNode render(
      ResourceType type,
      List<Document> objects,
      ObjectNode metadata,
      String version,
      Include include,
      boolean headers) {
    ObjectNode table = Json.object();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/" + version);
    table.set("metadata", metadata);
    boolean scale = objects.size() == 1 && objects.getFirst().kind().equals("Scale");
    List<Column> columns = scale ? Columns.scale() : Columns.of(type);
    ArrayNode definitions = table.putArray("columnDefinitions");
    if (headers) {
      columns.forEach(column -> define(definitions.addObject(), column));
    }
    ArrayNode rows = table.putArray("rows");
    objects.forEach(object -> row(rows.addObject(), columns, object, version, include));
    return table;
  }

  private static void define(ObjectNode definition, Column column) {
    definition
        .put("name", column.name())
        .put("type", column.type())
        .put("format", column.format())
        .put("description", "")
        .put("priority", column.priority());
  }

  private void row(
      ObjectNode row, List<Column> columns, Document object, String version, Include include) {
    ArrayNode cells = row.putArray("cells");
    for (Column column : columns) {
      switch (column.cell().of(object, clock.instant())) {
        case Number number -> cells.add(number.longValue());
        case Boolean flag -> cells.add(flag);
        case Object text -> cells.add(text.toString());
      }
    }
    switch (include) {
      case NONE -> {}
      case METADATA -> row.set("object", Partial.of(object, version).tree());
      case OBJECT -> row.set("object", object.tree());
    }
  }
}
