package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.protobuf.Protobuf;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists that are sent as they come say the same as those that are sent as a whole. */
@Timeout(60)
class ListFormsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String TABLE = "application/json;as=Table;g=meta.k8s.io;v=v1";
  private static final String PARTIAL =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final int COUNT = 200;
  private static final List<String> NAMES =
      IntStream.range(0, COUNT).mapToObj("m%03d"::formatted).toList();
  @AutoClose private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    for (String name : NAMES) {
      String map = "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"x\":\"%s\"}}";
      server.send("POST", MAPS, "application/json", map.formatted(name, "a".repeat(1_000)));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void longListsComeInEveryForm(Version version) throws Exception {
    ObjectNode plain = Json.parse(get(MAPS, "application/json", version));
    assertThat(names(plain, "items", "/metadata/name")).isEqualTo(NAMES);
    ObjectNode partial = Json.parse(get(MAPS, PARTIAL, version));
    assertThat(names(partial, "items", "/metadata/name")).isEqualTo(NAMES);
    assertThat(partial.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
    ObjectNode table = Json.parse(get(MAPS, TABLE, version));
    assertThat(names(table, "rows", "/cells/0")).isEqualTo(NAMES);
    assertThat(names(table, "rows", "/object/metadata/name")).isEqualTo(NAMES);
    assertThat(table.path("columnDefinitions")).hasSize(3);
    assertThat(Yaml.parse(get(MAPS, "application/yaml", version))).isEqualTo(plain);
    assertThat(Json.parse(get(MAPS + "?pretty=true", "application/json", version)))
        .isEqualTo(plain);
    ObjectNode read = Protobuf.read(get(MAPS, Protobuf.MEDIA_TYPE, version), "");
    assertThat(read.path("kind").asText()).isEqualTo("ConfigMapList");
    assertThat(read.path("metadata")).isEqualTo(plain.path("metadata"));
    assertThat(names(read, "items", "/metadata/name")).isEqualTo(NAMES);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void onlyShortListsTellTheirLength(Version version) throws Exception {
    HttpResponse<byte[]> all = ask("GET", MAPS, "application/json", version);
    assertThat(all.headers().firstValue("content-length")).isEmpty();
    HttpResponse<byte[]> page = ask("GET", MAPS + "?limit=2", "application/json", version);
    assertThat(page.headers().firstValueAsLong("content-length").orElseThrow())
        .isEqualTo(page.body().length);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theHeadOfALongListHasNoBody(Version version) throws Exception {
    HttpResponse<byte[]> head = ask("HEAD", MAPS, "application/json", version);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(get(MAPS + "?limit=1", "application/json", version)).isNotEmpty();
  }

  @Test
  void pagesPutTogetherAreTheList() throws Exception {
    ObjectNode whole = Json.parse(get(MAPS, "application/json", Version.HTTP_2));
    ObjectNode first = Json.parse(get(MAPS + "?limit=150", "application/json", Version.HTTP_2));
    assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(COUNT - 150);
    String token = first.at("/metadata/continue").asText();
    ObjectNode second =
        Json.parse(get(MAPS + "?limit=150&continue=" + token, "application/json", Version.HTTP_2));
    first.withArray("items").addAll(second.withArray("items"));
    assertThat(first.path("items")).isEqualTo(whole.path("items"));
    assertThat(second.at("/metadata/continue").isMissingNode()).isTrue();
    assertThat(second.at("/metadata/resourceVersion"))
        .isEqualTo(first.at("/metadata/resourceVersion"));
  }

  private static List<String> names(ObjectNode list, String field, String pointer) {
    return list.path(field).valueStream().map(each -> each.at(pointer).asText()).toList();
  }

  private static byte[] get(String path, String accept, Version version) throws Exception {
    HttpResponse<byte[]> answer = ask("GET", path, accept, version);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static HttpResponse<byte[]> ask(
      String method, String path, String accept, Version version) throws Exception {
    HttpRequest request =
        server
            .request(path)
            .version(version)
            .header("Accept", accept)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return server.client().send(request, BodyHandlers.ofByteArray());
  }
}
