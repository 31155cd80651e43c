package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.certs.CertificateAuthority;
import dev.fairlead.apiserver.certs.Issued;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ApiServerTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String JSON = "application/json";
  @AutoClose private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /api/v1/nosuch                             |            |        | 404 | 404 page not found
          GET    | /api/v1/namespaces/default/nodes           |            |        | 404 | 404 page not found
          GET    | /api/v1/namespaces/default/configmaps/nope |            |        | 404 | configmaps \\"nope\\" not found
          PUT    | /api/v1/namespaces/default/configmaps      | application/json | {} | 405 | does not allow this method
          POST   | /api/v1/configmaps                         | application/json | {} | 405 | does not allow this method
          POST   | /api/v1/namespaces/default/configmaps      | text/html  | {}     | 415 | unknown format
          POST   | /api/v1/namespaces/default/configmaps      | application/json | {    | 400 | must be of type ConfigMap
          POST   | /api/v1/namespaces/default/configmaps      | application/json | {"kind":"Foo","apiVersion":"v1"} | 400 | cannot be handled as a ConfigMap
          POST   | /api/v1/namespaces/default/configmaps      | application/json | {"kind":"Deployment","apiVersion":"apps/v1"} | 400 | Deployment in version \\"v1\\" cannot be handled as a ConfigMap: converting (v1.Deployment) to (core.ConfigMap): unknown conversion
          POST   | /api/v1/namespaces/default/events          | application/json | {"kind":"Event","apiVersion":"events.k8s.io/v1"} | 400 | the API version in the data (events.k8s.io/v1) does not match the expected API version (v1)
          POST   | /api/v1/namespaces/default/configmaps      | application/json | {"metadata":{"name":"a","namespace":"b"}} | 400 | does not match the namespace sent on the request
          PUT    | /api/v1/namespaces/default/configmaps/x    | application/json | {"metadata":{"name":"y"}} | 400 | the name of the object (y) does not match the name on the URL (x)
          DELETE | /api/v1/namespaces/default/configmaps/x?dryRun=Some | application/json | | 422 | dryRun
          PATCH  | /api/v1/namespaces/default/configmaps/x    | application/json | {} | 415 | application/json-patch+json
          GET    | /api/v1/pods?limit=x                       |            |        | 400 | strconv.ParseInt: parsing \\"x\\": invalid syntax
          """)
  void badInputGetsUpstreamsStatus(
      String method, String path, String type, String body, int status, String message)
      throws Exception {
    HttpResponse<String> answer =
        server.send(method, path, type == null ? JSON : type, body == null ? "" : body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(message);
  }

  @Test
  void anObjectLivesThroughEveryVerb() throws Exception {
    String yaml = "metadata: {name: one, labels: {a: b}}\ndata: {x: word}\n";
    assertThat(server.send("POST", MAPS, "application/yaml", yaml).statusCode()).isEqualTo(201);
    assertThat(server.get(MAPS + "/one", "application/yaml").body()).contains("x: word");
    assertThat(server.get(MAPS + "?labelSelector=a%3Db", JSON).body())
        .startsWith("{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\"")
        .contains("\"name\":\"one\"");
    assertThat(server.get(MAPS + "?labelSelector=a%3Dc", JSON).body()).endsWith("\"items\":[]}");
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    String rendered = server.get(MAPS, table).body();
    assertThat(rendered).contains("\"kind\":\"Table\"", "\"cells\":[\"one\",1,");
    assertThat(rendered).contains("PartialObjectMetadata").doesNotContain("\"x\":\"word\"");
    String partial = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    assertThat(server.get(MAPS, partial).body()).contains("PartialObjectMetadataList");
    assertThat(server.get(MAPS, "text/html").statusCode()).isEqualTo(406);
    String body = "{\"metadata\":{\"name\":\"one\"},\"data\":{\"x\":\"z\"}}";
    assertThat(server.send("PUT", MAPS + "/one", JSON, body).body()).contains("\"x\":\"z\"");
    assertThat(server.send("DELETE", MAPS + "/one", JSON, "").statusCode()).isEqualTo(200);
    assertThat(server.get(MAPS + "/one", JSON).statusCode()).isEqualTo(404);
  }

  @Test
  void aNullIsAnObjectWithoutFields() throws Exception {
    HttpResponse<String> nameless = server.send("POST", MAPS, JSON, "null");
    assertThat(nameless.statusCode()).isEqualTo(422);
    assertThat(nameless.body()).contains("name or generateName is required");
    server.send("POST", MAPS, JSON, "{\"metadata\":{\"name\":\"nulled\"}}");
    assertThat(server.send("DELETE", MAPS + "/nulled", JSON, " null\n").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aHugeBodyIsRefused() throws Exception {
    String body = "{\"data\":{\"x\":\"" + "y".repeat(4_000_000) + "\"}}";
    HttpResponse<String> answer = server.send("POST", MAPS, JSON, body);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("Request entity too large: limit is 3145728");
  }

  @Test
  void aWatchStreamsLines() throws Exception {
    String path = MAPS + "?watch=true&fieldSelector=metadata.name%3Dwatched";
    HttpResponse<InputStream> watch =
        server.client().send(server.request(path).build(), BodyHandlers.ofInputStream());
    server.send("POST", MAPS, JSON, "{\"metadata\":{\"name\":\"watched\"}}");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      assertThat(line).startsWith("{\"type\":\"ADDED\",\"object\":{");
      assertThat(
              Json.parse(line.getBytes(StandardCharsets.UTF_8))
                  .at("/object/metadata/name")
                  .asText())
          .isEqualTo("watched");
    }
  }

  @Test
  void aWatchEndsByItsTimeout() throws Exception {
    String path = MAPS + "?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dnobody";
    assertThat(server.get(path, JSON).body()).isEmpty();
  }

  @Test
  void anonymousSeesHealthAndVersionOnly() throws Exception {
    try (HttpClient nobody = server.anonymous()) {
      assertThat(send(nobody, "/healthz").body()).isEqualTo("ok");
      assertThat(send(nobody, "/version").body()).contains("v1.33.0+fairlead");
      assertThat(send(nobody, "/").body())
          .contains("forbidden: User \\\"system:anonymous\\\" cannot get path \\\"/\\\"");
      assertThat(send(nobody, "/api/v1/namespaces/default/pods").body())
          .contains(
              "pods is forbidden: User \\\"system:anonymous\\\" cannot list resource \\\"pods\\\" in API group \\\"\\\" in the namespace \\\"default\\\"");
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsUnauthorized() throws Exception {
    CertificateAuthority other = CertificateAuthority.create(Clock.systemUTC());
    Issued eve = other.issueUser("eve", List.of("system:masters"));
    Issued shown = new Issued(eve.certificate(), eve.key(), server.authority.certificate());
    try (HttpClient client = HttpClient.newBuilder().sslContext(shown.clientContext()).build()) {
      HttpResponse<String> answer = send(client, "/api/v1/namespaces/default/pods");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("\"message\":\"Unauthorized\"", "\"code\":401");
      assertThat(send(client, "/healthz").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void discoveryComesPlainAndAggregated() throws Exception {
    assertThat(server.get("/api/v1", JSON).body()).contains("\"name\":\"pods/log\"");
    assertThat(server.get("/apis", JSON).body()).contains("discovery.k8s.io/v1");
    String aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    HttpResponse<String> answer = server.get("/apis", aggregated + "," + JSON);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).contains("as=APIGroupDiscoveryList"));
    assertThat(answer.body()).contains("\"resource\":\"deployments\"");
  }

  @Test
  void aggregatedDiscoveryIsKeptByItsTag() throws Exception {
    String v2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    for (String path : List.of("/api", "/apis")) {
      HttpResponse<String> first = server.get(path, v2);
      assertThat(first.headers().firstValue("vary")).hasValue("Accept");
      assertThat(first.headers().firstValue("cache-control")).hasValue("public");
      String tag = first.headers().firstValue("etag").orElseThrow();
      assertThat(tag).matches("\"[0-9A-F]{128}\"");
      HttpRequest.Builder again = server.request(path).header("Accept", v2);
      HttpResponse<String> second =
          server.client().send(again.header("If-None-Match", tag).build(), BodyHandlers.ofString());
      assertThat(second.statusCode()).isEqualTo(304);
      assertThat(second.headers().firstValue("etag")).hasValue(tag);
      assertThat(second.body()).isEmpty();
    }
  }

  @Test
  void checksAreNamedAndLeftOut() throws Exception {
    assertThat(server.get("/readyz?verbose", "*/*").body())
        .isEqualTo("[+]ping ok\n[+]registry ok\nreadyz check passed\n");
    assertThat(server.get("/readyz?verbose&exclude=ping&exclude=etcd&exclude=a", "*/*").body())
        .isEqualTo(
            "[+]ping excluded: ok\n[+]registry ok\n"
                + "warn: some health checks cannot be excluded: no matches for \"a\", \"etcd\"\n"
                + "readyz check passed\n");
    assertThat(server.get("/readyz?exclude=etcd", "*/*").body()).isEqualTo("ok");
  }

  @Test
  void openApiNamesWhatKubectlLooksFor() throws Exception {
    assertThat(server.get("/openapi/v3", JSON).body()).contains("openapi/v3/apis/apps/v1?hash=");
    assertThat(server.get("/openapi/v3/apis/apps/v1", JSON).body())
        .contains(
            "fieldValidation", "x-kubernetes-patch-merge-key", "io.k8s.api.apps.v1.Deployment");
    assertThat(server.get("/openapi/v2", JSON).body()).startsWith("{\"swagger\":\"2.0\"");
    String protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    HttpResponse<String> binary = server.get("/openapi/v2", protobuf);
    assertThat(binary.statusCode()).isEqualTo(200);
    assertThat(binary.headers().firstValue("content-type")).hasValue(protobuf.replace('@', '.'));
    assertThat(binary.body()).startsWith("\n\u00032.0").contains("io.k8s.api.core.v1.Pod");
    assertThat(server.get("/openapi/v3/api/v1", protobuf).statusCode()).isEqualTo(406);
    String three = protobuf.replace("v2", "v3");
    HttpResponse<String> group = server.get("/openapi/v3/apis/apps/v1", three);
    assertThat(group.headers().firstValue("content-type")).hasValue(three.replace('@', '.'));
    assertThat(group.body()).startsWith("\n\u00053.0.0").contains("io.k8s.api.apps.v1.Deployment");
  }

  @Test
  void anOpenApiDocumentThatIsAskedForByItsHashMayBeKept() throws Exception {
    String path = "/openapi/v3/apis/apps/v1";
    String url =
        Json.parse(server.get("/openapi/v3", JSON).body().getBytes(StandardCharsets.UTF_8))
            .at("/paths/apis~1apps~1v1/serverRelativeURL")
            .asText();
    assertThat(url).startsWith(path + "?hash=");
    HttpResponse<String> now = server.get(url, JSON);
    assertThat(now.statusCode()).isEqualTo(200);
    assertThat(now.headers().firstValue("cache-control")).hasValue("public, immutable");
    assertThat(now.headers().firstValue("expires")).isPresent();
    HttpResponse<String> old = server.get(path + "?hash=0", JSON);
    assertThat(old.statusCode()).isEqualTo(301);
    assertThat(old.headers().firstValue("location")).hasValue(url);
    assertThat(server.get(path, JSON).headers().firstValue("cache-control"))
        .hasValue("no-cache, private");
  }

  @Test
  void anOpenApiDocumentIsSentOnce() throws Exception {
    HttpResponse<String> first = server.get("/openapi/v2", JSON);
    String tag = first.headers().firstValue("etag").orElseThrow();
    HttpRequest again = server.request("/openapi/v2").header("If-None-Match", tag).build();
    HttpResponse<String> second = server.client().send(again, BodyHandlers.ofString());
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    HttpResponse<String> get = server.get("/api/v1/namespaces/default", JSON);
    HttpResponse<String> head = server.send("HEAD", "/api/v1/namespaces/default", JSON, "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("content-length"))
        .isEqualTo(get.headers().firstValue("content-length"))
        .isPresent();
    assertThat(server.send("HEAD", MAPS, JSON, "").statusCode()).isEqualTo(200);
    assertThat(server.send("HEAD", MAPS + "/nope", JSON, "").statusCode()).isEqualTo(404);
    assertThat(server.send("HEAD", MAPS + "?watch=1", JSON, "").statusCode()).isEqualTo(405);
  }

  @Test
  void answersAreDated() throws Exception {
    for (String path : List.of("/version", MAPS, MAPS + "/nope", "/nope")) {
      String date = server.get(path, JSON).headers().firstValue("date").orElseThrow();
      assertThat(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).isNotNull();
      assertThat(date).hasSize(29);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/merge-patch+json, 2",
    "application/strategic-merge-patch+json, 3",
    "application/json-patch+json, 4"
  })
  void scaleTakesEveryPatch(String type, int replicas) throws Exception {
    String name = "scaled" + replicas;
    String deployments = "/apis/apps/v1/namespaces/default/deployments";
    String labels = "{\"a\":\"b\"}";
    server.send(
        "POST",
        deployments,
        JSON,
        """
        {"metadata":{"name":"%s"},"spec":{"selector":{"matchLabels":%s},"template":
        {"metadata":{"labels":%s},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """
            .formatted(name, labels, labels));
    String patch =
        type.contains("merge")
            ? "{\"spec\":{\"replicas\":%d}}"
            : "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":%d}]";
    HttpResponse<String> answer =
        server.send("PATCH", deployments + "/" + name + "/scale", type, patch.formatted(replicas));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"kind\":\"Scale\"", "\"replicas\":" + replicas);
    assertThat(server.get(deployments + "/" + name, JSON).body())
        .contains("\"replicas\":" + replicas);
  }

  private static HttpResponse<String> send(HttpClient client, String path) throws Exception {
    HttpRequest request = server.request(path).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
