package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every verb on every kind over HTTP. The kinds come from {@link Kinds#ALL} and the verbs from
 * discovery, so a new kind joins by itself; all it needs is a smallest valid object in {@code
 * src/test/resources/kinds}.
 */
@Timeout(300)
class VerbsTest {
  private static final String JSON = "application/json";
  private static final Map<String, String> PATCHES =
      Map.of(
          "application/merge-patch+json",
          "{\"metadata\":{\"labels\":{\"m\":\"1\"}}}",
          "application/strategic-merge-patch+json",
          "{\"metadata\":{\"labels\":{\"s\":\"1\"}}}",
          "application/json-patch+json",
          "[{\"op\":\"add\",\"path\":\"/metadata/labels/j\",\"value\":\"1\"}]");
  @AutoClose private static TestServer server;
  private static final Map<String, Set<String>> served = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    List<ResourceType> types = new ArrayList<>(Kinds.ALL);
    types.addAll(Kinds.MEASURED);
    for (ResourceType type : types) {
      for (JsonNode each : json(server.get(type.groupPath(), JSON)).path("resources")) {
        Set<String> verbs = new HashSet<>();
        each.path("verbs").forEach(verb -> verbs.add(verb.asText()));
        served.put(type.groupPath() + " " + each.path("name").asText(), verbs);
      }
    }
  }

  @TestFactory
  Stream<DynamicNode> everyKind() {
    Stream<DynamicNode> stored =
        Kinds.ALL.stream().map(type -> dynamicContainer(type.toString(), tests(type)));
    Stream<DynamicNode> measured =
        Kinds.MEASURED.stream()
            .map(type -> dynamicTest(type + " is only read", () -> refusals(type)));
    return Stream.concat(stored, measured);
  }

  private static Stream<DynamicNode> tests(ResourceType type) {
    Stream<DynamicNode> own =
        Stream.of(
            dynamicTest("verbs that are served work", () -> new Verbs(type).work()),
            dynamicTest("verbs that are not served are refused", () -> refusals(type)));
    Stream<DynamicNode> subresources =
        type.subresources().stream()
            .sorted()
            .map(name -> dynamicTest("/" + name, () -> subresource(type, name)));
    return Stream.concat(own, subresources);
  }

  /** One kind's life, verb by verb. */
  private record Verbs(ResourceType type) {
    void work() throws Exception {
      ObjectNode sample = sample(type);
      String collection = collection(type);
      String one = collection + "/" + sample.at("/metadata/name").asText();
      if (serves(type, "", "create")) {
        creates(collection, one, sample);
      }
      reads(collection, one);
      changes(one);
      ends(collection, one, sample);
    }

    private void creates(String collection, String one, ObjectNode sample) throws Exception {
      String yaml = Yaml.text(sample);
      expect(201, server.send("POST", collection + "?dryRun=All", "application/yaml", yaml));
      expect(404, server.get(one, JSON));
      expect(201, server.send("POST", collection, "application/yaml", yaml));
      String again = expect(409, server.send("POST", collection, "application/yaml", yaml)).body();
      assertThat(again).contains("already exists").contains(type.toString());
    }

    private void reads(String collection, String one) throws Exception {
      JsonNode object = json(expect(200, server.get(one, JSON)));
      assertThat(object.path("kind").asText()).isEqualTo(type.kind());
      assertThat(object.path("apiVersion").asText()).isEqualTo(type.apiVersion());
      assertThat(object.at("/metadata/uid").asText()).isNotEmpty();
      JsonNode list = json(expect(200, server.get(collection, JSON)));
      assertThat(list.path("kind").asText()).isEqualTo(type.kind() + "List");
      String name = object.at("/metadata/name").asText();
      assertThat(list.path("items"))
          .anyMatch(item -> item.at("/metadata/name").asText().equals(name));
      String all = type.groupPath() + "/" + type.plural() + "?fieldSelector=metadata.name%3D";
      assertThat(json(expect(200, server.get(all + name, JSON))).path("items")).isNotEmpty();
      for (String shape : List.of("Table", "PartialObjectMetadata")) {
        String accept = "application/json;as=%s;v=v1;g=meta.k8s.io".formatted(shape);
        assertThat(json(expect(200, server.get(one, accept))).path("kind").asText())
            .isEqualTo(shape);
      }
      watches(collection + "?watch=1&timeoutSeconds=30&fieldSelector=metadata.name%3D" + name);
    }

    private void watches(String path) throws Exception {
      HttpResponse<InputStream> watch =
          server.client().send(server.request(path).build(), BodyHandlers.ofInputStream());
      assertThat(watch.statusCode()).isEqualTo(200);
      warned(watch);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.readLine())
            .startsWith("{\"type\":\"ADDED\",\"object\":{")
            .contains("\"kind\":\"" + type.kind() + "\"");
      }
    }

    private void changes(String one) throws Exception {
      ObjectNode object = (ObjectNode) json(server.get(one, JSON));
      object.withObjectProperty("metadata").withObjectProperty("labels").put("u", "1");
      if (serves(type, "", "update")) {
        JsonNode dry =
            json(expect(200, server.send("PUT", one + "?dryRun=All", JSON, object.toString())));
        assertThat(dry.at("/metadata/labels/u").asText()).isEqualTo("1");
        assertThat(json(server.get(one, JSON)).at("/metadata/labels/u").asText()).isEmpty();
        expect(200, server.send("PUT", one, JSON, object.toString()));
        expect(409, server.send("PUT", one, JSON, object.put("x", "stale").toString()));
      }
      if (serves(type, "", "patch")) {
        for (Map.Entry<String, String> patch : PATCHES.entrySet()) {
          expect(200, server.send("PATCH", one, patch.getKey(), patch.getValue()));
        }
        assertThat(json(server.get(one, JSON)).at("/metadata/labels"))
            .extracting(JsonNode::asText)
            .hasSizeGreaterThanOrEqualTo(4);
      }
    }

    private void ends(String collection, String one, ObjectNode sample) throws Exception {
      if (serves(type, "", "delete")) {
        expect(200, server.send("DELETE", one + "?dryRun=All", JSON, ""));
        assertThat(json(expect(200, server.get(one, JSON))).at("/metadata/deletionTimestamp"))
            .isEmpty();
        expect(200, server.send("DELETE", one + "?propagationPolicy=Background", JSON, ""));
        assertThat(ended(one)).isTrue();
        release(one);
      }
      if (serves(type, "", "deletecollection")) {
        sample.withObjectProperty("metadata").putObject("labels").put("group", "second");
        expect(201, server.send("POST", collection, JSON, sample.toString()));
        String others = collection + "?labelSelector=group%3Dfirst";
        assertThat(json(expect(200, server.send("DELETE", others, JSON, ""))).path("items"))
            .isEmpty();
        String selected = collection + "?labelSelector=group%3Dsecond&propagationPolicy=Background";
        assertThat(json(expect(200, server.send("DELETE", selected, JSON, ""))).path("items"))
            .hasSize(1);
        assertThat(ended(one)).isTrue();
        release(one);
      }
    }

    /** What a controller would do: nothing waits for an object that is being deleted. */
    private static void release(String one) throws Exception {
      if (json(server.get(one, JSON)).at("/metadata/finalizers").isArray()) {
        String nothing = "{\"metadata\":{\"finalizers\":null}}";
        expect(200, server.send("PATCH", one, "application/merge-patch+json", nothing));
      }
    }

    private static boolean ended(String one) throws Exception {
      HttpResponse<String> answer = server.get(one, JSON);
      return answer.statusCode() == 404
          || json(answer).at("/metadata/deletionTimestamp").isTextual();
    }
  }

  private static void refusals(ResourceType type) throws Exception {
    String collection = collection(type);
    for (Request each :
        List.of(
            new Request("get", "GET", "/x"),
            new Request("list", "GET", ""),
            new Request("watch", "GET", "?watch=1"),
            new Request("create", "POST", ""),
            new Request("update", "PUT", "/x"),
            new Request("patch", "PATCH", "/x"),
            new Request("delete", "DELETE", "/x"),
            new Request("deletecollection", "DELETE", ""),
            new Request("nothing", "POST", "/x"),
            new Request("nothing", "PUT", ""),
            new Request("nothing", "PATCH", ""),
            new Request("nothing", "BREW", ""))) {
      if (!serves(type, "", each.verb)) {
        refused(each, collection);
      }
    }
  }

  private static void subresource(ResourceType type, String name) throws Exception {
    assertThat(served).containsKey(type.groupPath() + " " + type.plural() + "/" + name);
    String path = collection(type) + "/nosuch/" + name;
    for (Request each :
        List.of(
            new Request("get", "GET", ""),
            new Request("create", "POST", ""),
            new Request("update", "PUT", ""),
            new Request("patch", "PATCH", ""),
            new Request("delete", "DELETE", ""))) {
      if (serves(type, name, each.verb)) {
        // Whatever else is wrong with it: the verb is known and its object is looked for.
        String content = each.verb.equals("patch") ? "application/merge-patch+json" : JSON;
        assertThat(server.send(each.method, path, content, "{}").statusCode())
            .as("%s %s", each.method, path)
            .isIn(400, 404, 409, 422);
      } else {
        refused(each, path);
      }
    }
  }

  private record Request(String verb, String method, String path) {}

  private static void refused(Request request, String path) throws Exception {
    HttpResponse<String> answer = server.send(request.method, path + request.path, JSON, "{}");
    assertThat(answer.statusCode())
        .as("%s %s: %s", request.method, path, answer.body())
        .isEqualTo(405);
    assertThat(json(answer).path("message").asText())
        .isEqualTo("the server does not allow this method on the requested resource");
  }

  private static boolean serves(ResourceType type, String subresource, String verb) {
    String name = type.plural() + (subresource.isEmpty() ? "" : "/" + subresource);
    return served.getOrDefault(type.groupPath() + " " + name, Set.of()).contains(verb);
  }

  private static String collection(ResourceType type) {
    return type.groupPath() + (type.namespaced() ? "/namespaces/default/" : "/") + type.plural();
  }

  private static ObjectNode sample(ResourceType type) throws IOException {
    String file = "/kinds/%s.%s.yaml".formatted(type.apiVersion().replace('/', '.'), type.kind());
    try (InputStream in = VerbsTest.class.getResourceAsStream(file)) {
      assertThat(in).as("a smallest valid object in src/test/resources" + file).isNotNull();
      return Yaml.parse(in.readAllBytes());
    }
  }

  private static HttpResponse<String> expect(int code, HttpResponse<String> answer) {
    assertThat(answer.statusCode())
        .as("%s %s: %s", answer.request().method(), answer.request().uri(), answer.body())
        .isEqualTo(code);
    warned(answer);
    return answer;
  }

  /** Whoever asks for a deprecated kind hears it with every answer, good or bad; nobody else. */
  private static void warned(HttpResponse<?> answer) {
    boolean deprecated = answer.request().uri().getPath().matches(".*/endpoints(/.*)?");
    String text =
        "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\"";
    assertThat(answer.headers().allValues("Warning").stream().filter(text::equals))
        .as("%s %s", answer.request().method(), answer.request().uri())
        .hasSize(deprecated ? 1 : 0);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
