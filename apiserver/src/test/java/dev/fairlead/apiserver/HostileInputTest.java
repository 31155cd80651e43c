package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies, paths and queries that mean harm: each gets a Status of the client's own fault. */
@Timeout(60)
class HostileInputTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  @AutoClose private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    server.send("POST", MAPS, JSON, "{\"metadata\":{\"name\":\"victim\"},\"data\":{\"x\":\"y\"}}");
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        body("nested JSON", JSON, "{\"data\":" + "{\"a\":".repeat(100_000), 400, "max depth"),
        body("nested lists", JSON, "[".repeat(1_000_000), 400, "max depth"),
        body("nested YAML", YAML, "a: " + "[".repeat(100_000), 400, "max depth"),
        body("nested YAML maps", YAML, "{a: ".repeat(100_000), 400, "max depth"),
        body("YAML aliases", YAML, aliases(), 400, "excessive aliasing"),
        body("a huge number", JSON, metadata("\"generation\":1e999999999"), 400, "number"),
        body("a long number", JSON, metadata("\"generation\":" + "9".repeat(100_000)), 400, "long"),
        body(
            "a long fraction", JSON, metadata("\"generation\":0." + "9".repeat(9000)), 400, "long"),
        body("a huge YAML number", YAML, "metadata: {name: a, generation: 1e999999999}", 400, ""),
        body(
            "not UTF-8",
            JSON,
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            400,
            "UTF-8"),
        body("UTF-16", JSON, "{}".getBytes(StandardCharsets.UTF_16), 400, ""),
        body("nothing", JSON, "", 400, ""),
        body("too many values", JSON, "{\"a\":[" + "{},".repeat(600_000) + "0]}", 400, "too many"),
        body("too many YAML values", YAML, "a: [" + "0,".repeat(600_000) + "0]", 400, "too many"),
        body("nested protobuf", PROTOBUF, nestedProtobuf(), 400, ""),
        body("a protobuf length", PROTOBUF, protobuf(0x12, 0xff, 0xff, 0xff, 0xff, 7), 400, "EOF"),
        body("too large", JSON, " ".repeat(3 * 1024 * 1024 + 1), 413, "limit is 3145728"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void aHostileBodyIsRefused(String name, String type, byte[] body, int status, String message)
      throws Exception {
    HttpResponse<String> answer = send("POST", MAPS, type, body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"kind\":\"Status\"", message);
  }

  @Test
  void keysThatStandTwiceAreWarnedAbout() throws Exception {
    String twice = "{\"metadata\":{\"name\":\"twice\",\"name\":\"twice\"}}";
    HttpResponse<String> answer = server.send("POST", MAPS + "?dryRun=All", JSON, twice);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("warning").orElse("")).contains("duplicate field");
    assertThat(server.send("POST", MAPS + "?fieldValidation=Strict", JSON, twice).body())
        .contains("duplicate field \\\"metadata.name\\\"");
  }

  static Stream<Arguments> patches() {
    String json = "application/json-patch+json";
    StringBuilder copies = new StringBuilder("[{\"op\":\"add\",\"path\":\"/a\",\"value\":{}}");
    StringBuilder nests = new StringBuilder("[{\"op\":\"add\",\"path\":\"/a\",\"value\":{}}");
    StringBuilder path = new StringBuilder("/a");
    for (int i = 0; i < 300; i++) {
      copies.append(",{\"op\":\"copy\",\"from\":\"\",\"path\":\"/a\"}");
      path.append("/a");
      nests.append(",{\"op\":\"add\",\"path\":\"%s\",\"value\":{}}".formatted(path));
    }
    return Stream.of(
        Arguments.of("copies of copies", json, copies + "]", 422),
        Arguments.of("one in the other", json, nests + "]", 422),
        Arguments.of(
            "many operations",
            json,
            "[" + "{\"op\":\"test\",\"path\":\"/kind\"},".repeat(10_000) + "{}]",
            413),
        Arguments.of(
            "a deep value",
            json,
            "[{\"op\":\"add\",\"path\":\"/a\",\"value\":" + "[".repeat(5000),
            400),
        Arguments.of("a deep merge", "application/merge-patch+json", "{\"a\":".repeat(5000), 400),
        Arguments.of(
            "a deep strategic merge",
            "application/strategic-merge-patch+json",
            "{\"a\":".repeat(5000),
            400),
        Arguments.of(
            "a long index",
            json,
            "[{\"op\":\"add\",\"path\":\"/metadata/finalizers/"
                + "9".repeat(5000)
                + "\",\"value\":1}]",
            422));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("patches")
  void aHostilePatchIsRefused(String name, String type, String patch, int status) throws Exception {
    HttpResponse<String> answer = server.send("PATCH", MAPS + "/victim", type, patch);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"kind\":\"Status\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%ff%fe",
        "/%00",
        "/..%2f..%2fsecrets",
        "?labelSelector=%ff",
        "?labelSelector=((((((((((",
        "?labelSelector=a+in+(b",
        "?fieldSelector=a=b=c,,,",
        "?limit=99999999999999999999",
        "?resourceVersion=1e9",
        "?continue=AAAA",
        "?timeoutSeconds=-99999999999999999999&watch=1"
      })
  void aHostileQueryIsTheClientsFault(String query) throws Exception {
    assertThat(server.get(MAPS + query, JSON).statusCode()).isBetween(400, 499);
  }

  @Test
  void aLongSelectorIsReadOrRefusedAndNoMore() throws Exception {
    for (String selector : new String[] {"a,".repeat(15_000) + "a", "!".repeat(30_000)}) {
      int status =
          server.get(MAPS + "?labelSelector=" + selector.replace("!", "%21"), JSON).statusCode();
      assertThat(status).isIn(200, 400, 414, 431);
    }
  }

  private static Arguments body(String name, String type, String body, int status, String message) {
    return body(name, type, body.getBytes(StandardCharsets.UTF_8), status, message);
  }

  private static Arguments body(String name, String type, byte[] body, int status, String message) {
    return Arguments.of(name, type, body, status, message);
  }

  private static String metadata(String field) {
    return "{\"metadata\":{\"name\":\"a\"," + field + "}}";
  }

  private static String aliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s%s]\n".formatted(i, i, (alias + ",").repeat(9), alias));
    }
    return bomb.toString();
  }

  private static byte[] protobuf(int... bytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {'k', '8', 's', 0});
    for (int each : bytes) {
      body.write(each);
    }
    return body.toByteArray();
  }

  /** Groups in groups, in a field that nothing knows. */
  private static byte[] nestedProtobuf() {
    int[] starts = new int[100_000];
    java.util.Arrays.fill(starts, 0x7b);
    return protobuf(starts);
  }

  private static HttpResponse<String> send(String method, String path, String type, byte[] body)
      throws Exception {
    return server
        .client()
        .send(
            server
                .request(path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofString());
  }
}
