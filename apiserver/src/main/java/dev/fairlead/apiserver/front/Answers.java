package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.protobuf.Envelope;
import dev.fairlead.api.protobuf.Protobuf;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import java.io.ByteArrayOutputStream;
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
    object(exchange, refusal.code(), format, headers, status);
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
    object(exchange, status, format, List.of(), object);
  }

  private static void object(
      HttpExchange exchange, int status, Format wanted, List<Header> headers, Document object)
      throws IOException {
    boolean binary = wanted.isBinary() && Protobuf.has(object.apiVersion(), object.kind());
    Format format = binary || !wanted.isBinary() ? wanted : Format.json();
    byte[] bytes = binary ? envelope(object).bytes() : text(format, object.json());
    Compression.respond(exchange, status, headers(format, headers), bytes);
  }

  /** Answers with something of any length. What people read is put together to be laid out. */
  static void list(HttpExchange exchange, int status, Format wanted, Encodable list)
      throws IOException {
    boolean binary = wanted.isBinary() && list.hasProtobuf();
    Format format = binary || !wanted.isBinary() ? wanted : Format.json();
    try (AnswerBody body = new AnswerBody(exchange, status, headers(format, List.of()))) {
      if (binary) {
        list.protobuf(body);
      } else if (format.encoding() == Format.Encoding.JSON && !format.pretty()) {
        list.json(body);
      } else {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        list.json(json);
        body.write(text(format, json.toByteArray()));
      }
      body.end();
    }
  }

  /** The envelope of one object; the oldest discovery document leaves out its apiVersion. */
  static Envelope envelope(Document object) {
    String apiVersion = object.apiVersion().isEmpty() ? "v1" : object.apiVersion();
    return Envelope.of(apiVersion, object.kind(), object.protobuf());
  }

  private static List<Header> headers(Format format, List<Header> headers) {
    List<Header> all = new ArrayList<>(headers);
    all.addAll(WarningHeaders.of(Warnings.texts()));
    all.add(new Header("Content-Type", format.encoding().mediaType()));
    all.add(new Header("Cache-Control", "no-cache, private"));
    return all;
  }

  private static byte[] text(Format format, byte[] json) throws JsonProcessingException {
    if (format.encoding() == Format.Encoding.YAML) {
      return Yaml.text(Json.tree(json)).getBytes(StandardCharsets.UTF_8);
    }
    return format.pretty() ? Pretty.bytes(json) : json;
  }
}
