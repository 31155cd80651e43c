package dev.fairlead.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents hold together, and name operations as upstream does. */
class OpenApiPagesTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final OpenApiPages PAGES = new OpenApiPages(Schema.load());

  static Stream<Arguments> documents() {
    Stream<Arguments> three =
        OpenApiPages.groups().entrySet().stream()
            .map(each -> Arguments.of(each.getKey(), tree(PAGES.v3(each.getValue()))));
    return Stream.concat(Stream.of(Arguments.of("/openapi/v2", tree(PAGES.v2()))), three);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void everyReferenceLeadsSomewhere(String name, ObjectNode document) {
    for (JsonNode reference : document.findValues("$ref")) {
      if (reference.isTextual()) {
        String pointer = reference.asText().substring(1);
        assertThat(document.at(pointer).isMissingNode()).as(pointer).isFalse();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void operationsAreNamedOnceAndTheirPathParametersAreDeclared(String name, ObjectNode document) {
    Set<String> ids = new HashSet<>();
    document
        .path("paths")
        .properties()
        .forEach(path -> {
          Set<String> declared = new TreeSet<>();
          for (JsonNode each : path.getValue().path("parameters")) {
            if (each.path("in").asText().equals("path")) {
              declared.add(each.path("name").asText());
            }
          }
          assertThat(declared).as(path.getKey()).isEqualTo(variables(path.getKey()));
          for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
            if (METHODS.contains(each.getKey())) {
              String id = each.getValue().path("operationId").asText();
              assertThat(ids.add(id)).as("%s of %s", id, path.getKey()).isTrue();
              assertThat(each.getValue().at("/responses/200").isMissingNode()).isFalse();
            }
          }
        });
    assertThat(ids).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/, get, getCoreV1APIResources",
    "/api/v1/namespaces/{namespace}/pods, get, listCoreV1NamespacedPod",
    "/api/v1/namespaces/{namespace}/pods, post, createCoreV1NamespacedPod",
    "/api/v1/namespaces/{namespace}/pods, delete, deleteCoreV1CollectionNamespacedPod",
    "/api/v1/pods, get, listCoreV1PodForAllNamespaces",
    "/api/v1/nodes, get, listCoreV1Node",
    "/api/v1/nodes/{name}, put, replaceCoreV1Node",
    "/api/v1/namespaces/{name}/finalize, put, replaceCoreV1NamespaceFinalize",
    "/api/v1/namespaces/{namespace}/pods/{name}/exec, post, connectCoreV1PostNamespacedPodExec",
    "/api/v1/namespaces/{namespace}/pods/{name}/proxy/{path}, get, connectCoreV1GetNamespacedPodProxyWithPath",
    "/api/v1/namespaces/{namespace}/pods/{name}/log, get, readCoreV1NamespacedPodLog",
    "/api/v1/namespaces/{namespace}/pods/{name}/eviction, post, createCoreV1NamespacedPodEviction",
    "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale, patch, patchAppsV1NamespacedDeploymentScale",
    "/apis/networking.k8s.io/v1/servicecidrs/{name}/status, get, readNetworkingV1ServiceCIDRStatus",
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews, post, createAuthorizationV1SelfSubjectAccessReview",
    "/apis/metrics.k8s.io/v1beta1/nodes/{name}, get, readMetricsV1beta1NodeMetrics",
  })
  void operationsHaveUpstreamsNames(String path, String method, String id) {
    JsonNode operation = PAGES.v2().path("paths").path(path).path(method);
    assertThat(operation.path("operationId").asText()).isEqualTo(id);
  }

  @Test
  void operationsSayWhatTheyTakeAndGive() {
    ObjectNode core = tree(PAGES.v3(in("v1")));
    JsonNode patch = core.at("/paths/~1api~1v1~1nodes~1{name}/patch");
    assertThat(names(patch.at("/requestBody/content")))
        .containsExactly(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");
    assertThat(patch.at("/responses/200/content/application~1json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/io.k8s.api.core.v1.Node");
    JsonNode port = core.at("/components/schemas/io.k8s.api.core.v1.ServicePort/properties");
    String either = port.at("/targetPort/allOf/0/$ref").asText();
    assertThat(core.at(either.substring(1)).path("oneOf").findValuesAsText("type"))
        .containsExactly("integer", "string");
    JsonNode delete = core.at("/paths/~1api~1v1~1nodes~1{name}/delete");
    assertThat(delete.at("/responses/200/content/application~1json/schema/$ref").asText())
        .endsWith("meta.v1.Status");
  }

  @Test
  void everyKindHasItsTypeAndItsPath() {
    ObjectNode document = PAGES.v2();
    List<String> kinds = new ArrayList<>();
    document
        .path("definitions")
        .forEach(type ->
            type.path("x-kubernetes-group-version-kind")
                .forEach(kind -> kinds.add(kind.toString())));
    for (ResourceType type : Kinds.SERVED) {
      ObjectNode kind = Json.object().put("group", type.group()).put("kind", type.kind());
      assertThat(kinds).contains(kind.put("version", type.version()).toString());
      assertThat(names(document.path("paths")))
          .anyMatch(
              path -> path.startsWith(type.groupPath()) && path.endsWith("/" + type.plural()));
    }
  }

  private static List<ResourceType> in(String apiVersion) {
    return Kinds.SERVED.stream().filter(type -> type.apiVersion().equals(apiVersion)).toList();
  }

  private static Set<String> variables(String path) {
    Set<String> names = new TreeSet<>();
    for (String part : path.split("/", -1)) {
      if (part.startsWith("{")) {
        names.add(part.substring(1, part.length() - 1));
      }
    }
    return names;
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static ObjectNode tree(ObjectNode document) {
    return Json.parse(Json.bytes(document));
  }
}
