package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which encoding and shape an Accept header gets: upstream's negotiation, row by row. */
@Timeout(60)
class NegotiationTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  @AutoClose private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    String large = "{\"metadata\":{\"name\":\"large\"},\"data\":{\"x\":\"%s\"}}";
    server.send("POST", MAPS, "application/json", large.formatted("a".repeat(200_000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                       | application/json
          application/*                                             | application/json
          application/yaml, application/json                        | application/yaml
          application/json;q=0.1, application/yaml;q=0.9            | application/yaml
          */*, application/yaml                                     | application/yaml
          text/html, application/xhtml+xml, */*;q=0.8               | application/json
          application/vnd.kubernetes.protobuf, application/json     | application/vnd.kubernetes.protobuf
          application/json;q=x, application/yaml                    | application/yaml
          APPLICATION/YAML                                          | application/yaml
          application/json;as=Table;g=meta.k8s.io;v=v2, application/yaml | application/yaml
          application/json;as=Table;g=meta.k8s.io;v=v1beta1         | application/json
          """)
  void theBestAlternativeThatIsServed(String accept, String type) throws Exception {
    HttpResponse<String> answer = server.get(MAPS + "?limit=1", accept);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html                            |         | application/json, application/yaml, application/vnd.kubernetes.protobuf
          application/json;q=0                 |         | application/json, application/yaml, application/vnd.kubernetes.protobuf
          application/json;as=Table;g=x;v=v1   |         | application/json, application/yaml, application/vnd.kubernetes.protobuf
          application/json;as=Other;g=meta.k8s.io;v=v1 | | application/json, application/yaml, application/vnd.kubernetes.protobuf
          application/json;stream=other        |         | application/json, application/yaml, application/vnd.kubernetes.protobuf
          application/yaml                     | watch=1 | application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch
          """)
  void nothingElseIsAcceptable(String accept, String query, String accepted) throws Exception {
    HttpResponse<String> answer = server.get(MAPS + (query == null ? "" : "?" + query), accept);
    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.body())
        .contains("only the following media types are accepted: " + accepted)
        .contains("NotAcceptable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ?pretty=true  |                 | true
          ?pretty=1     | kubectl/v1.33.0 | true
          ?pretty=false | curl/8.0        | false
          ?pretty=no    |                 | false
                        | curl/8.0        | true
                        | Wget/1.2        | true
                        | Mozilla/5.0 (X) | true
                        | kubectl/v1.33.0 | false
          """)
  void peopleGetItPretty(String query, String agent, boolean pretty) throws Exception {
    String path = "/api/v1/namespaces/default" + (query == null ? "" : query);
    var request = server.request(path).header("User-Agent", agent == null ? "x" : agent).build();
    String body = server.client().send(request, BodyHandlers.ofString()).body();
    assertThat(body.contains("{\n  \"") && body.contains("\"kind\": \"Namespace\""))
        .isEqualTo(pretty);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                | /large   | gzip
          br, gzip;q=0.5      | /large   | gzip
          gzip;q=0            | /large   |
          deflate             | /large   |
          gzip                | ?fieldSelector=metadata.name%3Dx |
          """)
  void largeAnswersAreCompressedForThoseWhoTakeIt(String accept, String path, String coding)
      throws Exception {
    var request = server.request(MAPS + path).header("Accept-Encoding", accept).build();
    HttpResponse<byte[]> answer = server.client().send(request, BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("content-encoding").orElse(null)).isEqualTo(coding);
    byte[] plain =
        coding == null
            ? answer.body()
            : new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
    assertThat(new String(plain, StandardCharsets.UTF_8)).contains("\"kind\":\"ConfigMap");
  }

  @Test
  void aCompressedBodyIsRefused() throws Exception {
    var request =
        server
            .request(MAPS)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b}))
            .build();
    HttpResponse<String> answer = server.client().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("UnsupportedMediaType", "gzip");
  }
}
