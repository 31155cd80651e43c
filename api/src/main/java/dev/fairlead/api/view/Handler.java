package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a probe or a lifecycle hook does (API: {@code core/v1 ProbeHandler}, {@code
 * LifecycleHandler}).
 */
public sealed interface Handler {

  /** Runs a command in the container; it succeeds with exit code 0. */
  record Exec(List<String> command) implements Handler {}

  /**
   * Sends a GET; it succeeds with a code from 200 to 399.
   *
   * @param port a number or the name of a container port
   * @param host empty for the pod's address
   * @param scheme {@code HTTP} or {@code HTTPS}
   */
  record HttpGet(String path, String port, String host, String scheme, List<Header> headers)
      implements Handler {}

  /** Opens a connection. */
  record TcpSocket(String port, String host) implements Handler {}

  /** Asks the gRPC health service. */
  record Grpc(int port, String service) implements Handler {}

  /** Waits; hooks only. */
  record Sleep(Duration duration) implements Handler {}

  /** A header field of {@link HttpGet}. */
  record Header(String name, String value) {}

  /** The handler in a probe or hook; null when there is none. */
  static @Nullable Handler of(JsonNode node) {
    if (node.has("exec")) {
      return new Exec(Nodes.strings(node.path("exec").path("command")));
    }
    if (node.has("httpGet")) {
      return httpGet(node.path("httpGet"));
    }
    if (node.has("tcpSocket")) {
      JsonNode tcp = node.path("tcpSocket");
      return new TcpSocket(tcp.path("port").asText(""), tcp.path("host").asText(""));
    }
    if (node.has("grpc")) {
      JsonNode grpc = node.path("grpc");
      return new Grpc(grpc.path("port").asInt(0), grpc.path("service").asText(""));
    }
    if (node.has("sleep")) {
      return new Sleep(Duration.ofSeconds(node.path("sleep").path("seconds").asLong(0)));
    }
    return null;
  }

  private static HttpGet httpGet(JsonNode http) {
    List<Header> headers = new ArrayList<>();
    http.path("httpHeaders")
        .forEach(each ->
            headers.add(new Header(each.path("name").asText(""), each.path("value").asText(""))));
    return new HttpGet(
        http.path("path").asText("/"),
        http.path("port").asText(""),
        http.path("host").asText(""),
        http.path("scheme").asText("HTTP"),
        List.copyOf(headers));
  }
}
