package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes whole answers. */
public final class Answers {
  private static final int GZIP_BYTES_MIN = 128 * 1024;
  private static final ObjectWriter PRETTY = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private Answers() {}

  /** Answers with a {@code Status}. */
  public static void refuse(HttpExchange exchange, ApiException refusal) throws IOException {
    List<Header> headers = new ArrayList<>();
    if (refusal.code() == 429 || refusal.code() == 503) {
      headers.add(new Header("Retry-After", "1"));
    }
    send(exchange, refusal.code(), Format.json(), headers, refusal.status().json());
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
    compressed(exchange, status, headers, bytes);
  }

  static void object(
      HttpExchange exchange, int status, Format format, List<String> warnings, Document object)
      throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String warning : warnings) {
      String quoted = warning.replace("\\", "\\\\").replace("\"", "\\\"");
      headers.add(new Header("Warning", "299 - \"" + quoted + "\""));
    }
    send(exchange, status, format, headers, object.json());
  }

  private static void send(
      HttpExchange exchange, int status, Format format, List<Header> headers, byte[] json)
      throws IOException {
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("Content-Type", format.encoding().mediaType()));
    all.add(new Header("Cache-Control", "no-cache, private"));
    compressed(exchange, status, all, encode(format, json));
  }

  private static byte[] encode(Format format, byte[] json) throws JsonProcessingException {
    return switch (format.encoding()) {
      case JSON -> format.pretty() ? PRETTY.writeValueAsBytes(Json.tree(json)) : json;
      case YAML -> Yaml.text(Json.tree(json)).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static void compressed(
      HttpExchange exchange, int status, List<Header> headers, byte[] bytes) throws IOException {
    String accepted = exchange.request().header("accept-encoding");
    if (bytes.length < GZIP_BYTES_MIN || accepted == null || !accepted.contains("gzip")) {
      exchange.respond(status, headers, bytes);
      return;
    }
    headers.add(new Header("Content-Encoding", "gzip"));
    headers.add(new Header("Vary", "Accept-Encoding"));
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    exchange.respond(status, headers, packed.toByteArray());
  }
}
