package dev.fairlead.apiserver.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.tables.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventEncoderTest {
  private static final String TABLE = "application/json;as=Table;g=meta.k8s.io;v=";
  private static final String PARTIAL =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=";
  private Instant now = Instant.parse("2026-03-01T12:00:00.25Z");
  private final Shapes shapes = new Shapes(new Tables(() -> now));
  private final SharedForms shared = new SharedForms();

  @Test
  void watchersOfOneFormAreToldTheSameBytes() {
    for (String accept :
        new String[] {TABLE + "v1", TABLE + "v1beta1", PARTIAL + "v1", PARTIAL + "v1beta1"}) {
      EventEncoder one = encoder(accept, "");
      EventEncoder other = encoder(accept, "");
      WatchEvent first = event(WatchEvent.Type.ADDED, "1");
      WatchEvent second = event(WatchEvent.Type.MODIFIED, "2");
      assertThat(one.encode(first).json()).isSameAs(other.encode(first).json());
      assertThat(one.encode(second).json()).isSameAs(other.encode(second).json());
      assertThat(one.encode(first)).isNotEqualTo(one.encode(second));
    }
  }

  @Test
  void columnsAreDefinedOnceForEachWatcher() {
    EventEncoder early = encoder(TABLE + "v1", "");
    EventEncoder late = encoder(TABLE + "v1", "");
    WatchEvent first = event(WatchEvent.Type.ADDED, "1");
    WatchEvent second = event(WatchEvent.Type.MODIFIED, "2");
    assertThat(columns(early.encode(first))).isEqualTo(3);
    assertThat(columns(early.encode(second))).isZero();
    assertThat(columns(late.encode(second))).isEqualTo(3);
    assertThat(columns(late.encode(first))).isZero();
  }

  @Test
  void agesAreThoseOfTheMoment() {
    EventEncoder one = encoder(TABLE + "v1", "?");
    WatchEvent event = event(WatchEvent.Type.ADDED, "1");
    columns(one.encode(event));
    assertThat(age(one.encode(event))).isEqualTo("5s");
    now = now.plusSeconds(30);
    assertThat(age(one.encode(event))).isEqualTo("35s");
  }

  @Test
  void whatComesWithARowIsAsAsked() {
    WatchEvent event = event(WatchEvent.Type.ADDED, "1");
    assertThat(object(encoder(TABLE + "v1", "None").encode(event))).isEmpty();
    assertThat(object(encoder(TABLE + "v1", "Object").encode(event)))
        .isEqualTo(Json.text(event.object().tree()));
    assertThat(object(encoder(TABLE + "v1beta1", "Metadata").encode(event)))
        .startsWith("{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1beta1\"");
    assertThatThrownBy(() -> encoder(TABLE + "v1", "Some"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("must be empty, 'Metadata', 'None', or 'Object'");
  }

  @Test
  void aBookmarkIsATableOfNothing() {
    EventEncoder one = encoder(TABLE + "v1", "");
    Document bookmark = one.encode(event(WatchEvent.Type.BOOKMARK, "9"));
    assertThat(Json.text(bookmark.tree()))
        .startsWith("{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{")
        .endsWith(",\"columnDefinitions\":[],\"rows\":[]}");
    assertThat(columns(one.encode(event(WatchEvent.Type.ADDED, "10")))).isEqualTo(3);
  }

  private EventEncoder encoder(String accept, String include) {
    RecordingExchange exchange = new RecordingExchange();
    exchange.header("accept", accept);
    if (!include.equals("?")) {
      exchange.parameter("includeObject", include);
    }
    return new EventEncoder(
        shapes, shared, exchange.request(), Format.ofWatch(exchange.request()), Kinds.CONFIG_MAP);
  }

  private static WatchEvent event(WatchEvent.Type type, String revision) {
    String json =
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"%s",
        "creationTimestamp":"2026-03-01T11:59:55Z"},"data":{"k":"v"}}
        """
            .formatted(revision);
    return new WatchEvent(type, Document.ofJson(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static int columns(Document table) {
    return table.tree().path("columnDefinitions").size();
  }

  private static String age(Document table) {
    return table.tree().at("/rows/0/cells/2").asText();
  }

  private static String object(Document table) {
    var object = table.tree().at("/rows/0/object");
    return object.isMissingNode() ? "" : Json.text(object);
  }
}
