package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fields that came after Kubernetes 1.33: each is unknown here as it is there, whatever newer
 * clients know of it. The table is the whole difference between the official Java client of 1.33
 * and its version 27.
 */
@Timeout(60)
class NewerFieldsTest {
  private static final String YAML = "application/yaml";
  private static final String NAMESPACED = "/api/v1/namespaces/default/";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          pods | spec: {containers: [CONTAINER], hostnameOverride: a} | spec.hostnameOverride
          pods | spec: {containers: [CONTAINER], schedulingGroup: {podGroupName: a}} | spec.schedulingGroup
          pods | spec: {containers: [{name: c, image: i, restartPolicyRules: [{action: Restart}]}]} | spec.containers[0].restartPolicyRules
          pods | spec: {containers: [CONTAINER], initContainers: [{name: d, image: i, restartPolicyRules: []}]} | spec.initContainers[0].restartPolicyRules
          pods | spec: {containers: [{name: c, image: i, env: [{name: A, value: a}, {name: B, valueFrom: {fieldRef: {fieldPath: metadata.name}, fileKeyRef: {key: k, path: p, volumeName: v}}}]}]} | spec.containers[0].env[1].valueFrom.fileKeyRef
          pods | spec: {containers: [CONTAINER], volumes: [{name: v, projected: {sources: [{podCertificate: {keyType: RSA3072, signerName: a}}]}}]} | spec.volumes[0].projected.sources[0].podCertificate
          pods | spec: {containers: [CONTAINER]}, status: {allocatedResources: {cpu: 1}} | status.allocatedResources
          pods | spec: {containers: [CONTAINER]}, status: {resources: {}} | status.resources
          pods | spec: {containers: [CONTAINER]}, status: {extendedResourceClaimStatus: {}} | status.extendedResourceClaimStatus
          pods | spec: {containers: [CONTAINER]}, status: {nodeAllocatableResourceClaimStatuses: []} | status.nodeAllocatableResourceClaimStatuses
          pods | spec: {containers: [CONTAINER]}, status: {containerStatuses: [{volumeMounts: [{volumeStatus: {}}]}]} | status.containerStatuses[0].volumeMounts[0].volumeStatus
          pods | spec: {containers: [CONTAINER]}, status: {containerStatuses: [{allocatedResourcesStatus: [{resources: [{message: a}]}]}]} | status.containerStatuses[0].allocatedResourcesStatus[0].resources[0].message
          nodes | status: {declaredFeatures: [a]} | status.declaredFeatures
          """)
  void areUnknown(String plural, String body, String field) throws Exception {
    String path = plural.equals("pods") ? NAMESPACED + "pods" : "/api/v1/" + plural;
    String object =
        "{metadata: {name: a}, %s}".formatted(body.replace("CONTAINER", "{name: c, image: i}"));
    String unknown = "unknown field \"" + field + "\"";

    HttpResponse<String> strict = post(path, "Strict", object);
    assertThat(strict.statusCode()).isEqualTo(400);
    assertThat(json(strict).path("message").asText()).endsWith("strict decoding error: " + unknown);

    HttpResponse<String> warned = post(path, "Warn", object);
    assertThat(warned.statusCode()).as(warned.body()).isEqualTo(201);
    assertThat(warned.headers().allValues("Warning"))
        .contains("299 - \"%s\"".formatted(unknown.replace("\"", "\\\"")));
    assertDropped(warned, field);

    HttpResponse<String> ignored = post(path, "Ignore", object);
    assertThat(ignored.headers().allValues("Warning")).noneMatch(text -> text.contains("unknown"));
    assertDropped(ignored, field);
  }

  @ParameterizedTest
  @CsvSource({
    "PodSpec, hostnameOverride",
    "PodSpec, schedulingGroup",
    "Container, restartPolicyRules",
    "EphemeralContainer, restartPolicyRules",
    "EnvVarSource, fileKeyRef",
    "VolumeProjection, podCertificate",
    "PodStatus, allocatedResources",
    "VolumeMountStatus, volumeStatus",
    "ResourceHealth, message",
    "NodeStatus, declaredFeatures",
  })
  void areNotDocumented(String type, String field) throws Exception {
    JsonNode schemas =
        json(server.get("/openapi/v3/api/v1", "application/json")).at("/components/schemas");
    JsonNode fields = schemas.path("io.k8s.api.core.v1." + type).path("properties");
    assertThat(fields.isEmpty()).isFalse();
    assertThat(fields.has(field)).isFalse();
  }

  private static HttpResponse<String> post(String path, String validation, String object)
      throws Exception {
    String query = "?dryRun=All&fieldValidation=" + validation;
    return server.send("POST", path + query, YAML, object);
  }

  private static void assertDropped(HttpResponse<String> answer, String field) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String pointer = "/" + field.replace('.', '/').replace("[", "/").replace("]", "");
    assertThat(json(answer).at(pointer).isMissingNode()).isTrue();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
