package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    assertThat(refused.body()).contains("error strict decoding YAML: ");
    assertThat(apply("?fieldManager=git", twice).headers().firstValue("warning")).isPresent();
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
