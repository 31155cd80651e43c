package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of each verb over HTTP: what is refused, in upstream's words, and what is done. */
@Timeout(60)
class OptionsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String JSON = "application/json";
  @AutoClose private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    create("kept", "{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resourceVersionMatch=Exact                              | 422 | ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided
          resourceVersionMatch=Exact&resourceVersion=0            | 422 | ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"
          resourceVersionMatch=Foo&resourceVersion=1              | 422 | ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""
          resourceVersionMatch=NotOlderThan&resourceVersion=1&continue=x | 422 | ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided
          sendInitialEvents=true                                  | 422 | ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list
          sendInitialEvents=true&resourceVersionMatch=Exact       | 422 | ListOptions.meta.k8s.io "" is invalid: [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list]
          continue=nonsense                                       | 400 | *invalid continue token: continue key is not valid: *
          limit=x                                                 | 400 | strconv.ParseInt: parsing "x": invalid syntax
          resourceVersion=abc                                     | 400 | invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax
          resourceVersion=999999                                  | 504 | *Timeout: Too large resource version: 999999, current: *
          fieldSelector=spec.foo%3Dx                              | 400 | "spec.foo" is not a known field selector: only "metadata.name", "metadata.namespace"
          watch=1&resourceVersionMatch=NotOlderThan               | 422 | ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided
          watch=1&sendInitialEvents=true                          | 422 | ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan
          watch=1&sendInitialEvents=false&resourceVersionMatch=Exact | 422 | ListOptions.meta.k8s.io "" is invalid: [resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]
          watch=1&resourceVersion=abc                             | 400 | resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax
          watch=1&sendInitialEvents=1&resourceVersionMatch=NotOlderThan&resourceVersion=999999 | 504 | *Timeout: Too large resource version: 999999, current: *
          """)
  void readsAreRefused(String query, int code, String message) throws Exception {
    refused(server.get(MAPS + "?" + query, JSON), code, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | dryRun=Some             | application/json             | 422 | CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: []string{"Some"}: supported values: "All"
          POST   | fieldValidation=Foo     | application/json             | 422 | CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Foo": supported values: "", "Ignore", "Strict", "Warn"
          POST   | fieldManager=a%0Ab      | application/json             | 422 | CreateOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "a\\nb": invalid character U+000A (at position 1)
          PUT    | dryRun=&dryRun=All      | application/json             | 422 | UpdateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: []string{"", "All"}: supported values: "All"
          PATCH  | force=true              | application/merge-patch+json | 422 | PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch
          PATCH  | dryRun=x&fieldValidation=y | application/merge-patch+json | 422 | PatchOptions.meta.k8s.io "" is invalid: [dryRun: Unsupported value: []string{"x"}: supported values: "All", fieldValidation: Unsupported value: "y": supported values: "", "Ignore", "Strict", "Warn"]
          DELETE | propagationPolicy=Foo   |                              | 422 | DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"
          DELETE | propagationPolicy=Orphan&orphanDependents=true | | 422 | DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set
          DELETE | dryRun=None             |                              | 422 | DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: []string{"None"}: supported values: "All"
          DELETE | ignoreStoreReadErrorWithClusterBreakingPotential=true | | 422 | DeleteOptions.meta.k8s.io "" is invalid: ignoreStoreReadErrorWithClusterBreakingPotential: Forbidden: unsafe deletion is not supported by this server
          DELETE | gracePeriodSeconds=x    |                              | 400 | strconv.ParseInt: parsing "x": invalid syntax
          """)
  void writesAreRefused(String method, String query, String type, int code, String message)
      throws Exception {
    String path = method.equals("POST") ? MAPS : MAPS + "/kept";
    String body = method.equals("DELETE") ? "" : "{}";
    String contentType = type == null ? JSON : type;
    refused(server.send(method, path + "?" + query, contentType, body), code, message);
    assertThat(server.get(MAPS + "/kept", JSON).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"propagationPolicy":"Foo"}                 | 422 | DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"
          {"orphanDependents":false,"propagationPolicy":"Foreground"} | 422 | DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Foreground": orphanDependents and deletionPropagation cannot be both set
          {"preconditions":{"uid":"other"}}           | 409 | *Operation cannot be fulfilled on ConfigMap "kept": the UID in the precondition (other) does not match the UID in record (*
          {"preconditions":{"resourceVersion":"1"}}   | 409 | *Operation cannot be fulfilled on ConfigMap "kept": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (*
          {"gracePeriodSeconds":"x"}                  | 400 | *json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64*
          {"kind":"Pod"}                              | 400 | decoded object cannot be converted to DeleteOptions
          """)
  void bodiesOfDeleteAreRefused(String body, int code, String message) throws Exception {
    refused(server.send("DELETE", MAPS + "/kept", JSON, body), code, message);
    assertThat(server.get(MAPS + "/kept", JSON).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyOfDeleteHoldsAllOptions() throws Exception {
    create("body", "{}");
    HttpResponse<String> answer =
        server.send("DELETE", MAPS + "/body?dryRun=Foo", JSON, "{\"dryRun\":[\"All\"]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(server.get(MAPS + "/body", JSON).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsGoneIsAnsweredAsAStatusOrAsItWas() throws Exception {
    create("gone", "{}");
    assertThat(server.send("DELETE", MAPS + "/gone", JSON, "").body())
        .contains("\"kind\":\"Status\"", "\"status\":\"Success\"", "\"name\":\"gone\"");
    String services = "/api/v1/namespaces/default/services";
    String body = "{\"metadata\":{\"name\":\"gone\"},\"spec\":{\"ports\":[{\"port\":80}]}}";
    assertThat(server.send("POST", services, JSON, body).statusCode()).isEqualTo(201);
    for (String query : java.util.List.of("?dryRun=All", "")) {
      assertThat(server.send("DELETE", services + "/gone" + query, JSON, "").body())
          .contains("\"kind\":\"Service\"", "\"port\":80");
    }
    assertThat(server.get(services + "/gone", JSON).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                       | ["orphan"]
          {"propagationPolicy":"Background"}       |
          {"propagationPolicy":"Foreground"}       | ["foregroundDeletion"]
          {"orphanDependents":false}               |
          """)
  void replicationControllersLetTheirPodsGoByDefault(String body, String finalizers)
      throws Exception {
    String controllers = "/api/v1/namespaces/default/replicationcontrollers";
    String controller =
        "{\"metadata\":{\"name\":\"old\"},\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}";
    assertThat(server.send("POST", controllers, JSON, controller).statusCode()).isEqualTo(201);
    assertThat(server.send("DELETE", controllers + "/old", JSON, body).statusCode()).isEqualTo(200);
    HttpResponse<String> left = server.get(controllers + "/old", JSON);
    if (finalizers == null) {
      assertThat(left.statusCode()).isEqualTo(404);
      return;
    }
    assertThat(left.body()).contains("\"finalizers\":" + finalizers);
    String free = "{\"metadata\":{\"finalizers\":null}}";
    server.send("PATCH", controllers + "/old", "application/merge-patch+json", free);
  }

  @Test
  void aNameIsNotWatchedExceptThroughTheOldPath() throws Exception {
    assertThat(server.get(MAPS + "/kept?watch=true", JSON).body()).contains("\"name\":\"kept\"");
    String watched = "/api/v1/watch/namespaces/default/configmaps/kept?timeoutSeconds=30";
    assertThat(lines(watched, 1)).startsWith("{\"type\":\"ADDED\"").contains("\"name\":\"kept\"");
    refused(
        server.get(watched + "&fieldSelector=metadata.name%3Dother", JSON),
        400,
        "fieldSelector metadata.name doesn't match requested name");
  }

  @Test
  void initialEventsMayBeLeftOut() throws Exception {
    String watch =
        MAPS + "?watch=1&resourceVersionMatch=NotOlderThan&fieldSelector=metadata.name%3Dkept";
    String without = watch + "&timeoutSeconds=1&sendInitialEvents=false";
    assertThat(server.get(without, JSON).body()).isEmpty();
    String with = watch + "&timeoutSeconds=30&sendInitialEvents=true&allowWatchBookmarks=1";
    assertThat(lines(with, 2)).contains("\"ADDED\"", "\"k8s.io/initial-events-end\":\"true\"");
  }

  @Test
  void unknownFieldsAreWarnedOf() throws Exception {
    String body = "{\"metadata\":{\"name\":\"warned\"},\"foo\":1,\"data\":{\"a\":\"b\"}}";
    HttpResponse<String> warned = server.send("POST", MAPS + "?dryRun=All", JSON, body);
    assertThat(warned.headers().allValues("warning"))
        .containsExactly("299 - \"unknown field \\\"foo\\\"\"");
    String ignore = MAPS + "?dryRun=All&fieldValidation=Ignore";
    assertThat(server.send("POST", ignore, JSON, body).headers().allValues("warning")).isEmpty();
    refused(
        server.send("POST", MAPS + "?fieldValidation=Strict", JSON, body),
        400,
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"foo\"");
  }

  @Test
  void strictErrorsStandInTheOrderOfTheBody() throws Exception {
    String body =
        "{\"metadata\":{\"name\":\"a\",\"foo\":{\"x\":1},\"labels\":{\"a\":\"b\",\"a\":\"c\"}},\"bar\":1,\"data\":{\"k\":\"1\",\"k\":\"2\"}}";
    refused(
        server.send("POST", MAPS + "?fieldValidation=Strict", JSON, body),
        400,
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"metadata.foo\", duplicate field \"metadata.labels.a\", unknown field \"bar\", duplicate field \"data.k\"");
    String warn = MAPS + "?dryRun=All";
    assertThat(server.send("POST", warn, JSON, body).headers().allValues("warning")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          merge           | {"foo":1,"data":{"a":"1","a":"2"}} | \\"kind\\":\\"ConfigMap\\" | strict decoding error: duplicate field "data.a", unknown field "foo"
          strategic-merge | {"foo":{"x":[1,true,null]},"data":{"a":"2"}} | Invalid value: "map[data:map[a:2] foo:map[x:[1 true <nil>]]]": | strict decoding error: unknown field "foo"
          json            | [{"op":"add","path":"/foo","value":1,"why":2}] | \\"foo\\":1 | strict decoding error: json patch unknown field "[0].why", unknown field "foo"
          """)
  void patchesAreCheckedToo(String type, String patch, String value, String why) throws Exception {
    create("patched-" + type, "{}");
    String path = MAPS + "/patched-" + type;
    String media = "application/" + type + "-patch+json";
    HttpResponse<String> strict =
        server.send("PATCH", path + "?fieldValidation=Strict", media, patch);
    refused(strict, 422, "*" + why);
    assertThat(Json.parse(strict.body().getBytes(StandardCharsets.UTF_8)).path("message").asText())
        .startsWith(" \"\" is invalid: patch: Invalid value: \"")
        .contains(value);
    HttpResponse<String> warned = server.send("PATCH", path, media, patch);
    assertThat(warned.statusCode()).isEqualTo(200);
    assertThat(warned.headers().allValues("warning")).isNotEmpty();
    assertThat(server.get(path, JSON).body()).doesNotContain("\"foo\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          merge           | {"data":{"a":1}} | json: cannot unmarshal number into Go struct field ConfigMap.data of type string
          strategic-merge | {"data":{"a":1}} | patch: Invalid value: "map[data:map[a:1]]": cannot convert int64 to string
          json            | [{"op":"add","path":"/data","value":{"a":1}}] | json: cannot unmarshal number into Go struct field ConfigMap.data of type string
          """)
  void patchesToWrongTypesAreRefused(String type, String patch, String why) throws Exception {
    refused(
        server.send("PATCH", MAPS + "/kept", "application/" + type + "-patch+json", patch),
        422,
        "*" + why + "*");
    assertThat(server.get(MAPS + "/kept", JSON).body()).doesNotContain("\"a\"");
  }

  /** What a watch says first. */
  private static String lines(String path, int count) throws Exception {
    HttpResponse<InputStream> watch =
        server.client().send(server.request(path).build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
      return lines.lines().limit(count).collect(Collectors.joining("\n"));
    }
  }

  private static void refused(HttpResponse<String> answer, int code, String message) {
    JsonNode status = Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    if (message.startsWith("*")) {
      assertThat(status.path("message").asText()).contains(message.replace("*", ""));
    } else {
      assertThat(status.path("message").asText()).isEqualTo(message);
    }
    assertThat(status.path("code").asInt()).isEqualTo(code);
    assertThat(answer.statusCode()).isEqualTo(code);
  }

  private static void create(String name, String data) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"data\":%s}".formatted(name, data);
    assertThat(server.send("POST", MAPS, JSON, body).statusCode()).isEqualTo(201);
  }
}
