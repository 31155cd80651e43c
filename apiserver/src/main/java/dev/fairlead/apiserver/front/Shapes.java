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
      case TABLE -> table(request, format, type, object, true);
    };
  }

  Encodable list(HttpRequest request, Format format, ResourceType type, Listing listing) {
    return switch (format.shape()) {
      case PLAIN -> Lists.plain(type, listing);
      case PARTIAL ->
          Lists.partial(
              listing,
              listing.items().stream().map(item -> Partial.of(item, format.version())).toList(),
              format.version());
      case TABLE ->
          Encodable.of(
              Document.of(
                  tables.render(
                      type,
                      listing.items(),
                      Lists.metadata(listing),
                      format.version(),
                      include(request),
                      true)));
    };
  }

  /** A table with one row. */
  Document table(
      HttpRequest request, Format format, ResourceType type, Document object, boolean headers) {
    ObjectNode metadata = Json.object().put("resourceVersion", object.meta().resourceVersion());
    return Document.of(
        tables.render(
            type, List.of(object), metadata, format.version(), include(request), headers));
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
