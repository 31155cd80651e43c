package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bodies that say something else than their path, in upstream's words ({@code checkName} and {@code
 * EnsureObjectNamespaceMatchesRequestNamespace} of apiserver, and the subresources' own).
 */
class BodyAgreementTest {
  private static final String NAMESPACE = "/api/v1/namespaces/default";
  private static final String MAPS = NAMESPACE + "/configmaps";
  private static final String JSON = "application/json";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    server.send("POST", MAPS, JSON, "{\"metadata\":{\"name\":\"x\"},\"data\":{\"a\":\"b\"}}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST  | /configmaps        | json       | {"metadata":{"name":"y","namespace":"b"}}                 | 400 | the namespace of the provided object does not match the namespace sent on the request
          PUT   | /configmaps/x      | json       | {"metadata":{"name":"y"}}                                 | 400 | the name of the object (y) does not match the name on the URL (x)
          PUT   | /configmaps/x      | json       | {"metadata":{}}                                           | 400 | the name of the object (x based on URL) was undeterminable: name must be provided
          PUT   | /configmaps/x      | json       | {"metadata":{"name":"y","namespace":"b"}}                 | 400 | the namespace of the provided object does not match the namespace sent on the request
          PATCH | /configmaps/x      | merge-patch+json | {"metadata":{"name":"y"}}                           | 400 | the name of the object (y) does not match the name on the URL (x)
          PATCH | /configmaps/x      | merge-patch+json | {"metadata":{"name":null}}                          | 400 | the name of the object (x based on URL) was undeterminable: name must be provided
          PATCH | /configmaps/x      | strategic-merge-patch+json | {"metadata":{"namespace":"b"}}            | 400 | the namespace of the provided object does not match the namespace sent on the request
          PATCH | /configmaps/x      | merge-patch+json | []                                                  | 400 | error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}
          PATCH | /configmaps/x      | merge-patch+json | {bad                                                | 400 | error decoding patch: invalid character 'b' looking for beginning of object key string
          PATCH | /configmaps/x      | strategic-merge-patch+json | []                                        | 400 | json: cannot unmarshal array into Go value of type map[string]interface {}
          PATCH | /configmaps/x      | json-patch+json | {}                                                   | 400 | error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp
          POST  | /configmaps        | json       | {"kind":"configmap","apiVersion":"v1"}                    | 400 | configmap in version "v1" cannot be handled as a ConfigMap: no kind "configmap" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"
          POST  | /configmaps        | json       | {"kind":"Pod","apiVersion":"v1"}                          | 400 | Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion
          POST  | /pods/p/binding    | json       | {"metadata":{"name":"q"},"target":{"name":"n"}}           | 400 | name in URL does not match name in Binding object
          POST  | /pods/p/eviction   | json       | {"metadata":{"name":"q"}}                                 | 400 | name in URL does not match name in Eviction object
          POST  | /pods/p/eviction   | json       | {}                                                        | 400 | name in URL does not match name in Eviction object
          POST  | /serviceaccounts/s/token | json | {"metadata":{"name":"t"}}                                 | 422 | TokenRequest.authentication.k8s.io "s" is invalid: metadata.name: Invalid value: "t": must match the service account name if specified
          """)
  void aContradictionIsRefused(
      String method, String path, String type, String body, int code, String message)
      throws Exception {
    HttpResponse<String> answer =
        server.send(method, NAMESPACE + path, "application/" + type, body);
    assertThat(json(answer).path("message").asText()).isEqualTo(message);
    assertThat(answer.statusCode()).isEqualTo(code);
  }

  @Test
  void anotherUidIsTheStoragesConflict() throws Exception {
    String uid = json(server.get(MAPS + "/x", JSON)).at("/metadata/uid").asText();
    HttpResponse<String> answer =
        server.send("PUT", MAPS + "/x", JSON, "{\"metadata\":{\"name\":\"x\",\"uid\":\"u\"}}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("message").asText())
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"x\": StorageError: invalid object, Code:"
                + " 4, Key: /registry/configmaps/default/x, ResourceVersion: 0, AdditionalErrorMsg:"
                + " Precondition failed: UID in precondition: u, UID in object meta: "
                + uid);
  }

  @Test
  void theNamespaceOfWhatLivesInNoneSaysNothing() throws Exception {
    String classes = "/apis/networking.k8s.io/v1/ingressclasses";
    String body =
        "{\"metadata\":{\"name\":\"c\",\"namespace\":\"b\"},\"spec\":{\"controller\":\"a.io/b\"}}";
    HttpResponse<String> created = server.send("POST", classes, JSON, body);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).at("/metadata/namespace").isMissingNode()).isTrue();
    HttpResponse<String> updated = server.send("PUT", classes + "/c", JSON, body);
    assertThat(updated.statusCode()).isEqualTo(200);
    assertThat(json(updated).at("/metadata/namespace").isMissingNode()).isTrue();
  }

  @Test
  void anOwnerNamedTwiceCountsOnce() throws Exception {
    String owner = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"a\",\"uid\":\"u\"}";
    String owners =
        "{\"metadata\":{\"name\":\"owned\",\"ownerReferences\":[%s,%s]}}".formatted(owner, owner);
    HttpResponse<String> created = server.send("POST", MAPS, JSON, owners);
    assertThat(json(created).at("/metadata/ownerReferences")).hasSize(1);
    String warning =
        "299 - \".metadata.ownerReferences contains duplicate entries%s; API server dedups owner"
            + " references in 1.20+, and may reject such requests as early as 1.24; please fix your"
            + " requests; duplicate UID(s) observed: u\"";
    assertThat(created.headers().firstValue("warning")).hasValue(warning.formatted(""));
    HttpResponse<String> patched =
        server.send("PATCH", MAPS + "/owned", "application/merge-patch+json", owners);
    assertThat(json(patched).at("/metadata/ownerReferences")).hasSize(1);
    assertThat(patched.headers().firstValue("warning"))
        .hasValue(warning.formatted(" after mutating admission happens"));
  }

  @Test
  void someRefusalsHaveDetailsWithNothingInThem() throws Exception {
    JsonNode method = json(server.send("POST", "/api/v1/configmaps", JSON, "{}"));
    assertThat(method.path("details").isObject()).isTrue();
    assertThat(method.path("details")).isEmpty();
    String patch = "[{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"c\"}]";
    JsonNode inapplicable =
        json(server.send("PATCH", MAPS + "/x", "application/json-patch+json", patch));
    assertThat(inapplicable.path("code").asInt()).isEqualTo(422);
    assertThat(inapplicable.path("details").isObject()).isTrue();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
