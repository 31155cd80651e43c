package dev.fairlead.apiserver.openapi;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.front.Compression;
import dev.fairlead.apiserver.front.DateHeader;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.apiserver.front.MediaType;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code /openapi/v2}, the index {@code /openapi/v3} and one v3 document per group and version,
 * each as JSON or protobuf.
 */
public final class OpenApiPages implements Front.Page {
  private static final Duration KEPT = Duration.ofDays(365);

  private final OpenApiDocuments documents;
  private final InstantSource clock;

  /**
   * Documents over one schema.
   *
   * @param clock tells until when clients may keep what they asked for by its hash
   */
  public OpenApiPages(Schema schema, InstantSource clock) {
    this.documents = new OpenApiDocuments(schema);
    this.clock = clock;
  }

  /** The paths served. */
  public List<String> paths() {
    return List.of(OpenApiDocuments.V2, OpenApiDocuments.V3);
  }

  @Override
  public boolean serves(String path) {
    return documents.has(path);
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    HttpRequest request = exchange.request();
    String path = request.path();
    DocumentFormat format = negotiate(request, documents.formats(path));
    String hash = documents.isGroup(path) ? request.parameter("hash") : null;
    if (hash == null || hash.isEmpty()) {
      answer(exchange, format, List.of(new Header("Cache-Control", "no-cache, private")));
      return;
    }
    String location = documents.location(path);
    if (location.endsWith("=" + hash)) {
      answer(exchange, format, kept());
    } else {
      exchange.respond(301, List.of(new Header("Location", location)), new byte[0]);
    }
  }

  /** What a client asks for by its hash will never be another document. */
  private List<Header> kept() {
    return List.of(
        new Header("Cache-Control", "public, immutable"),
        new Header("Expires", DateHeader.format(clock.instant().plus(KEPT))));
  }

  private void answer(HttpExchange exchange, DocumentFormat format, List<Header> caching)
      throws IOException {
    PackedDocument document = documents.get(exchange.request().path(), format);
    List<Header> headers = new ArrayList<>(caching);
    headers.add(new Header("Etag", document.tag()));
    headers.add(new Header("Vary", "Accept, Accept-Encoding"));
    if (document.tag().equals(exchange.request().header("if-none-match"))) {
      exchange.respond(304, headers, new byte[0]);
      return;
    }
    headers.add(new Header("Content-Type", format.mediaType()));
    if (Compression.isWanted(exchange.request())) {
      headers.add(new Header("Content-Encoding", "gzip"));
      exchange.respond(200, headers, document.gzip());
    } else {
      exchange.respond(200, headers, document.plain());
    }
  }

  private static DocumentFormat negotiate(HttpRequest request, List<DocumentFormat> formats) {
    List<String> accept = request.headers().getOrDefault("accept", List.of());
    for (MediaType each : MediaType.accepted(accept)) {
      for (DocumentFormat format : formats) {
        if (format.answers(each)) {
          return format;
        }
      }
    }
    String all = formats.stream().map(DocumentFormat::mediaType).collect(Collectors.joining(", "));
    throw new ApiException(
        406, "NotAcceptable", "only the following media types are accepted: " + all, null);
  }
}
