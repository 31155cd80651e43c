package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.front.SharedForms.Form;
import dev.fairlead.apiserver.tables.Partial;
import dev.fairlead.apiserver.tables.Tables;
import dev.fairlead.http.HttpRequest;

/**
 * The objects of one watch in the shape its client asked for, shared with other watches of that
 * shape. Columns are defined once.
 */
final class EventEncoder {
  private final Shapes shapes;
  private final SharedForms shared;
  private final Format format;
  private final ResourceType type;
  private Tables.Style style;

  /**
   * For a watch that begins.
   *
   * @throws dev.fairlead.api.ApiException 400
   */
  EventEncoder(
      Shapes shapes, SharedForms shared, HttpRequest request, Format format, ResourceType type) {
    this.shapes = shapes;
    this.shared = shared;
    this.format = format;
    this.type = type;
    this.style =
        format.shape() == Format.Shape.TABLE
            ? Shapes.style(request, format)
            : new Tables.Style(format.version(), Tables.Include.NONE, false);
  }

  Document encode(WatchEvent event) {
    Document object = event.object();
    String version = format.version();
    return switch (format.shape()) {
      case PLAIN -> object;
      case PARTIAL -> shared.of(object, Form.partial(version), () -> Partial.of(object, version));
      case TABLE ->
          event.type() == WatchEvent.Type.BOOKMARK ? bookmark(object) : table(object, nextStyle());
    };
  }

  private Document table(Document object, Tables.Style wanted) {
    Form form = Form.table(wanted, shapes.second());
    return shared.of(object, form, () -> shapes.table(type, object, wanted));
  }

  private Tables.Style nextStyle() {
    Tables.Style next = style;
    style = new Tables.Style(next.version(), next.include(), false);
    return next;
  }

  /** A table with neither columns nor rows. */
  private Document bookmark(Document bookmark) {
    ObjectNode empty = Json.object();
    empty.put("kind", "Table").put("apiVersion", "meta.k8s.io/" + format.version());
    empty.set("metadata", bookmark.tree().path("metadata"));
    empty.putArray("columnDefinitions");
    empty.putArray("rows");
    return Document.of(empty);
  }
}
