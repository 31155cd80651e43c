package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes whole answers. */
public final class Answers {
  private Answers() {}

  /** Answers with a {@code Status}, in the client's encoding where it named one that is served. */
  public static void refuse(HttpExchange exchange, ApiException refusal) throws IOException {
    List<Header> headers = new ArrayList<>();
    Document status = refusal.status();
    int seconds = status.tree().at("/details/retryAfterSeconds").asInt(0);
    if (seconds > 0) {
      headers.add(new Header("Retry-After", Integer.toString(seconds)));
    }
    Format format = Format.ofError(exchange.request());
    send(exchange, refusal.code(), format, headers, Encodable.of(status));
  }

  /** Answers with a document of discovery, in the encoding that the client asks for. */
  public static void negotiated(HttpExchange exchange, Document object) throws IOException {
    object(exchange, 200, Format.negotiate(exchange.request(), false), object);
  }

  /** Answers with JSON. */
  public static void json(HttpExchange exchange, ObjectNode tree) throws IOException {
    bytes(exchange, 200, "application/json", Json.bytes(tree));
  }

  /** Answers with plain text. */
  public static void text(HttpExchange exchange, int status, String text) throws IOException {
    bytes(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with these bytes, compressed when they are many and the client can. */
  public static void bytes(HttpExchange exchange, int status, String mediaType, byte[] bytes)
      throws IOException {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", mediaType));
    headers.add(new Header("Cache-Control", "no-cache, private"));
    Compression.respond(exchange, status, headers, bytes);
  }

  static void object(HttpExchange exchange, int status, Format format, Document object)
      throws IOException {
    object(exchange, status, format, Encodable.of(object));
  }

  static void object(HttpExchange exchange, int status, Format format, Encodable object)
      throws IOException {
    send(exchange, status, format, List.of(), object);
  }

  private static void send(
      HttpExchange exchange, int status, Format wanted, List<Header> headers, Encodable object)
      throws IOException {
    boolean binary = wanted.encoding() == Format.Encoding.PROTOBUF;
    Format format = binary && !object.hasProtobuf() ? Format.json() : wanted;
    List<Header> all = new ArrayList<>(headers);
    all.addAll(WarningHeaders.of(Warnings.texts()));
    all.add(new Header("Content-Type", format.encoding().mediaType()));
    all.add(new Header("Cache-Control", "no-cache, private"));
    Compression.respond(exchange, status, all, encode(format, object));
  }

  private static byte[] encode(Format format, Encodable object) throws JsonProcessingException {
    return switch (format.encoding()) {
      case JSON -> format.pretty() ? Pretty.bytes(object.json()) : object.json();
      case YAML -> Yaml.text(Json.tree(object.json())).getBytes(StandardCharsets.UTF_8);
      case PROTOBUF -> object.protobuf();
    };
  }
}
