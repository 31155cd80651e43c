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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents hold together, and name operations as upstream does. */
class OpenApiDocumentsTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final OpenApiDocuments DOCUMENTS = new OpenApiDocuments(Schema.load());

  static Stream<Arguments> documents() {
    Stream<Arguments> three =
        OpenApiDocuments.groups().entrySet().stream()
            .map(each -> Arguments.of(each.getKey(), tree(DOCUMENTS.v3(each.getValue()))));
    return Stream.concat(Stream.of(Arguments.of("/openapi/v2", tree(DOCUMENTS.v2()))), three);
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
    JsonNode operation = DOCUMENTS.v2().path("paths").path(path).path(method);
    assertThat(operation.path("operationId").asText()).isEqualTo(id);
  }

  @Test
  void operationsSayWhatTheyTakeAndGive() {
    ObjectNode core = tree(DOCUMENTS.v3(in("v1")));
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
    ObjectNode document = DOCUMENTS.v2();
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

  /** As kube-openapi's generator does: in the description of a text, in the type of a list's. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void valuesThatAreAllKnownAreListedInOrder(Dialect dialect) {
    JsonNode types = new OpenApiTypes(Schema.load(), dialect).definitions(in("v1"));
    JsonNode policy = types.at("/io.k8s.api.core.v1.PodSpec/properties/restartPolicy");
    assertThat(texts(policy.path("enum"))).containsExactly("Always", "Never", "OnFailure");
    assertThat(policy.path("description").asText())
        .startsWith("Restart policy for all containers")
        .endsWith("\n\nPossible enum values:\n - `\"Always\"`\n - `\"Never\"`\n - `\"OnFailure\"`");
    JsonNode modes =
        types.at("/io.k8s.api.core.v1.PersistentVolumeClaimSpec/properties/accessModes");
    assertThat(texts(modes.at("/items/enum"))).contains("ReadWriteOnce").isSorted();
    assertThat(modes.has("enum")).isFalse();
    assertThat(modes.path("description").asText()).doesNotContain("Possible enum values");
  }

  /** But for two fields that upstream does not describe either. */
  @Test
  void everythingIsDescribed() {
    List<String> silent = new ArrayList<>();
    DOCUMENTS
        .v2()
        .path("definitions")
        .forEachEntry((type, definition) -> {
          if (!definition.hasNonNull("description")) {
            silent.add(type);
          }
          definition
              .path("properties")
              .forEachEntry((field, property) -> {
                if (!property.hasNonNull("description")) {
                  silent.add(type + "#" + field);
                }
              });
        });
    assertThat(silent)
        .containsExactlyInAnyOrder(
            "io.k8s.api.networking.v1.IngressRule#http",
            "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent#type");
  }

  @Test
  void theEmptyTextIsAValueToo() {
    JsonNode types = DOCUMENTS.v2().path("definitions");
    JsonNode families = types.at("/io.k8s.api.core.v1.ServiceSpec/properties/ipFamilies");
    assertThat(texts(families.at("/items/enum"))).containsExactly("", "IPv4", "IPv6");
    JsonNode resizes =
        types.at(
            "/io.k8s.api.core.v1.PersistentVolumeClaimStatus/properties/allocatedResourceStatuses");
    assertThat(texts(resizes.at("/additionalProperties/enum"))).hasSize(5).isSorted();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
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
