package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Server-side apply over HTTP: codes, options and who is taken for the writer. */
@Timeout(60)
class ApplyTest {
  private static final String MAP = "/api/v1/namespaces/default/configmaps/m";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String CONFIG =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: m}
      data: {a: x}
      """;

  @AutoClose private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
  }

  @Test
  void createdIs201AndChangedIs200() throws Exception {
    assertThat(apply("?fieldManager=git", CONFIG).statusCode()).isEqualTo(201);
    HttpResponse<String> again = apply("?fieldManager=git", CONFIG);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"manager\":\"git\",\"operation\":\"Apply\"");
  }

  @Test
  void conflictsAre409WithTheirCauses() throws Exception {
    apply("?fieldManager=git", CONFIG);
    HttpResponse<String> refused = apply("?fieldManager=hand", CONFIG.replace("a: x", "a: z"));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body())
        .contains(
            "\"reason\":\"Conflict\"",
            "{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with \\\"git\\\"\",\"field\":\".data.a\"}");
    assertThat(apply("?fieldManager=hand&force=true", CONFIG.replace("a: x", "a: z")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aManagerIsRequired() throws Exception {
    HttpResponse<String> refused = apply("", CONFIG);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains(
            "PatchOptions.meta.k8s.io \\\"\\\" is invalid: fieldManager: Required value: is required for apply patch");
  }

  @Test
  void keysThatStandTwiceAreRefusedWhenStrict() throws Exception {
    String twice = CONFIG.replace("{a: x}", "{a: x, a: z}");
    HttpResponse<String> refused = apply("?fieldManager=git&fieldValidation=Strict", twice);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains(
            "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\\n  line 4: key \\\"a\\\" already set in map");
    assertThat(apply("?fieldManager=git", twice).headers().firstValue("warning"))
        .hasValueSatisfying(each -> assertThat(each).contains("line 4: key"));
    HttpResponse<String> made =
        server.send(
            "POST",
            "/api/v1/namespaces/default/configmaps?fieldValidation=Strict",
            "application/yaml",
            twice + "spam: 1\n");
    assertThat(made.statusCode()).isEqualTo(400);
    assertThat(made.body())
        .contains(
            "strict decoding error: yaml: unmarshal errors:\\n  line 4: key \\\"a\\\" already set in map, unknown field \\\"spam\\\"");
  }

  /** Bodies, codes and messages. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [a]                                | 400 | error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}
          x                                  | 400 | error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type map[string]interface {}
          {a                                 | 400 | error decoding YAML: error converting YAML to JSON: yaml:
          ``                                 | 400 | invalid object type: /, Kind=
          {data: {a: x}}                     | 400 | invalid object type: /, Kind=
          {apiVersion: v1, kind: Secret}     | 400 | invalid object type: /v1, Kind=Secret
          {apiVersion: v2, kind: ConfigMap}  | 400 | invalid object type: /v2, Kind=ConfigMap
          {apiVersion: v1, kind: ConfigMap, data: {a: x}} | 400 | the name of the object (m based on URL) was undeterminable: name must be provided
          {apiVersion: v1, kind: ConfigMap, metadata: {name: other}} | 400 | the name of the object (other) does not match the name on the URL (m)
          {apiVersion: v1, kind: ConfigMap, metadata: {name: m, namespace: other}} | 400 | the namespace of the provided object does not match the namespace sent on the request
          {apiVersion: v1, kind: ConfigMap, metadata: {managedFields: []}} | 400 | metadata.managedFields must be nil
          {apiVersion: v1, kind: ConfigMap, metadata: {uid: u}} | 409 | Operation cannot be fulfilled on configmaps "m": uid mismatch: the provided object specified uid u, and no existing object was found
          {apiVersion: v1, kind: ConfigMap, spam: 1} | 400 | failed to create typed patch object (/; /v1, Kind=ConfigMap): .spam: field not declared in schema
          """)
  void whatCannotBeAppliedIsRefused(String body, int code, String message) throws Exception {
    HttpResponse<String> refused = apply("?fieldManager=git", body);
    JsonNode status = Json.parse(refused.body().getBytes(StandardCharsets.UTF_8));
    assertThat(status.path("message").asText()).startsWith(message);
    assertThat(refused.statusCode()).isEqualTo(code);
  }

  @Test
  void jsonIsYamlToo() throws Exception {
    String json =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\"},\"data\":{\"a\":\"x\"}}";
    assertThat(apply("?fieldManager=git", json).statusCode()).isEqualTo(201);
    assertThat(
            server
                .send("PATCH", MAP + "?fieldManager=git", APPLY + "; charset=utf-8", json)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void namesOfManagersAreChecked() throws Exception {
    HttpResponse<String> tooLong = apply("?fieldManager=" + "x".repeat(129), CONFIG);
    assertThat(tooLong.statusCode()).isEqualTo(422);
    assertThat(tooLong.body()).contains("fieldManager: Too long: may not be more than 128 bytes");
    HttpResponse<String> unprintable = apply("?fieldManager=a%C2%A0b", CONFIG);
    assertThat(unprintable.statusCode()).isEqualTo(422);
    assertThat(unprintable.body()).contains("invalid character U+00A0 (at position 1)");
    assertThat(apply("?fieldManager=" + "x".repeat(128), CONFIG).statusCode()).isEqualTo(201);
  }

  @Test
  void anotherOrderIsWritten() throws Exception {
    String config =
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, finalizers: [%s]}, data: {a: x}}";
    apply("?fieldManager=git", config.formatted("x/a, x/b"));
    HttpResponse<String> turned = apply("?fieldManager=git", config.formatted("x/b, x/a"));
    assertThat(turned.body()).contains("\"finalizers\":[\"x/b\",\"x/a\"]");
    HttpResponse<String> same = apply("?fieldManager=git", config.formatted("x/b, x/a"));
    assertThat(same.body()).isEqualTo(turned.body());
  }

  @Test
  void otherWritersAreKnownByTheirUserAgent() throws Exception {
    HttpResponse<String> made =
        server.send("POST", "/api/v1/namespaces/default/configmaps", "application/yaml", CONFIG);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body()).contains("\"manager\":\"Java-http-client\",\"operation\":\"Update\"");
  }

  private HttpResponse<String> apply(String query, String yaml) throws Exception {
    return server.send("PATCH", MAP + query, APPLY, yaml);
  }
}
