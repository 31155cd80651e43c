package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.tables.Partial;
import dev.fairlead.apiserver.tables.Tables;
import dev.fairlead.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Turns objects and lists into the shape that the client asked for. */
final class Shapes {
  private final Tables tables;

  Shapes(Tables tables) {
    this.tables = tables;
  }

  Document one(HttpRequest request, Format format, ResourceType type, Document object) {
    return switch (format.shape()) {
      case PLAIN -> object;
      case PARTIAL -> Partial.of(object, format.version());
      case TABLE -> table(type, object, style(request, format));
    };
  }

  Encodable list(HttpRequest request, Format format, ResourceType type, Listing listing) {
    return switch (format.shape()) {
      case PLAIN -> Lists.plain(type, listing);
      case PARTIAL -> Lists.partial(listing, format.version());
      case TABLE -> new TableList(tables, type, listing, style(request, format));
    };
  }

  /** A table with one row. */
  Document table(ResourceType type, Document object, Tables.Style style) {
    ObjectNode metadata = Json.object().put("resourceVersion", object.meta().resourceVersion());
    ByteArrayOutputStream json = new ByteArrayOutputStream(1024);
    try {
      tables.write(json, type, List.of(object), metadata, style);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes everything", e);
    }
    return Document.ofJson(json.toByteArray());
  }

  /** For how long rows that are rendered now say the same: to the end of this second. */
  long second() {
    return tables.second();
  }

  /**
   * How the client wants its tables, with their columns.
   *
   * @throws ApiException 400
   */
  static Tables.Style style(HttpRequest request, Format format) {
    return new Tables.Style(format.version(), include(request), true);
  }

  private static Tables.Include include(HttpRequest request) {
    return switch (Queries.text(request, "includeObject")) {
      case "", "Metadata" -> Tables.Include.METADATA;
      case "None" -> Tables.Include.NONE;
      case "Object" -> Tables.Include.OBJECT;
      default ->
          throw ApiException.badRequest(
              "includeObject: Invalid value: \"%s\": must be empty, 'Metadata', 'None', or 'Object'"
                  .formatted(Queries.text(request, "includeObject")));
    };
  }
}
