package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.apiserver.versions.EventVersions;
import dev.fairlead.apiserver.watch.ManualTimers;
import dev.fairlead.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same events in {@code v1} and {@code events.k8s.io/v1}, and their end. */
class EventsTest {
  private static final String NEW =
      "metadata: {name: e}, eventTime: '2026-03-01T12:00:00.000001Z', reportingController: example.com/robot,"
          + " reportingInstance: robot-1, action: Starting, reason: Started, type: Normal, note: it runs,"
          + " regarding: {kind: Pod, namespace: default, name: p}";

  @AutoClose private final Bench bench = new Bench();

  @Test
  void oneEventTwoFaces() {
    Document made = bench.create(Kinds.EVENTS_EVENT, "default", "{" + NEW + "}");
    assertThat(made.apiVersion()).isEqualTo("events.k8s.io/v1");
    assertThat(Bench.text(made, "/note")).isEqualTo("\"it runs\"");
    Document core = bench.get(Kinds.EVENT, "default", "e");
    assertThat(core.apiVersion()).isEqualTo("v1");
    assertThat(Bench.text(core, "/message")).isEqualTo("\"it runs\"");
    assertThat(Bench.text(core, "/involvedObject/name")).isEqualTo("\"p\"");
    assertThat(Bench.text(core, "/reportingComponent")).isEqualTo("\"example.com/robot\"");
    assertThat(bench.get(Kinds.EVENTS_EVENT, "default", "e")).isEqualTo(made);
    assertThat(made.meta().uid()).isEqualTo(core.meta().uid());
  }

  @Test
  void anOldEventShowsItsDeprecatedFields() {
    bench.create(
        Kinds.EVENT,
        "default",
        "{metadata: {name: o}, involvedObject: {kind: Pod, namespace: default, name: p}, source: {component: k, host: node-1},"
            + " count: 3, firstTimestamp: '2026-03-01T11:00:00Z', lastTimestamp: '2026-03-01T12:00:00Z', message: m}");
    Document event = bench.get(Kinds.EVENTS_EVENT, "default", "o");
    assertThat(Bench.text(event, "/deprecatedSource"))
        .isEqualTo("{\"component\":\"k\",\"host\":\"node-1\"}");
    assertThat(Bench.text(event, "/deprecatedCount")).isEqualTo("3");
    assertThat(Bench.text(event, "/deprecatedFirstTimestamp"))
        .isEqualTo("\"2026-03-01T11:00:00Z\"");
    assertThat(Bench.text(event, "/reportingController")).isEqualTo("\"k\"");
  }

  @ParameterizedTest
  @CsvSource({
    "regarding.name=p, 1",
    "regarding.name!=p, 0",
    "'regarding.kind=Pod,reportingController=example.com/robot,reason=Started,type=Normal', 1",
    "'metadata.name=e,metadata.namespace=default', 1",
    "regarding.name=q, 0"
  })
  void selectorsNameTheVersionsFields(String selector, int found) {
    bench.create(Kinds.EVENTS_EVENT, "default", "{" + NEW + "}");
    assertThat(EventVersions.toCore(selector)).doesNotContain("regarding", "Controller");
    assertThat(
            bench
                .registry
                .list(Target.all(Kinds.EVENTS_EVENT), ListOptions.fields(selector))
                .items())
        .hasSize(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"involvedObject.name", "reportingComponent", "source", "note"})
  void fieldsOfTheOtherVersionAreNotKnown(String field) {
    assertThatThrownBy(() -> EventVersions.toCore(field + "=x"))
        .hasMessage("field label not supported: " + field);
  }

  @Test
  void listsWatchesAndSelectorsSpeakTheVersion() throws Exception {
    try (Watch watch =
        bench.registry.watch(
            Target.all(Kinds.EVENTS_EVENT),
            new WatchOptions("", "regarding.name=p", "", false, false, 0))) {
      bench.create(Kinds.EVENTS_EVENT, "default", "{" + NEW + "}");
      WatchEvent event = watch.next();
      assertThat(event).isNotNull();
      assertThat(event.object().apiVersion()).isEqualTo("events.k8s.io/v1");
    }
    Target all = Target.collection(Kinds.EVENTS_EVENT, "default");
    assertThat(
            bench.registry.list(all, ListOptions.fields("regarding.name=p,reason=Started")).items())
        .hasSize(1);
    assertThat(bench.registry.list(all, ListOptions.fields("regarding.name=q")).items()).isEmpty();
  }

  @Test
  void onlyTheSeriesMayChange() {
    bench.create(Kinds.EVENTS_EVENT, "default", "{" + NEW + "}");
    Document patched =
        patch("{series: {count: 2, lastObservedTime: '2026-03-01T12:30:00.000000Z'}}");
    assertThat(Bench.text(patched, "/series/count")).isEqualTo("2");
    assertThatThrownBy(() -> patch("{note: other}"))
        .hasMessage(
            "Event.events.k8s.io \"e\" is invalid: message: Invalid value: \"other\": field is immutable");
  }

  @Test
  void whatThisVersionDoesNotKnowIsNotStored() {
    bench.create(Kinds.EVENTS_EVENT, "default", "{" + NEW + "}");
    patch("{foo: 1, message: that of v1}");
    Document core = bench.get(Kinds.EVENT, "default", "e");
    assertThat(core.tree().has("foo")).isFalse();
    assertThat(Bench.text(core, "/message")).isEqualTo("\"it runs\"");
    assertThatThrownBy(() -> patch("{series: {count: many}}"))
        .hasMessageContaining("json: cannot unmarshal string into Go struct field");
  }

  @Test
  void anEventCanBeApplied() {
    String head = "{apiVersion: events.k8s.io/v1, kind: Event, ";
    Document made = apply(head + NEW + "}");
    assertThat(made.isCreated()).isTrue();
    assertThat(made.apiVersion()).isEqualTo("events.k8s.io/v1");
    assertThat(Bench.text(bench.get(Kinds.EVENT, "default", "e"), "/message"))
        .isEqualTo("\"it runs\"");
    String series = ", series: {count: 2, lastObservedTime: '2026-03-01T12:30:00.000000Z'}}";
    Document again = apply(head + NEW + series);
    assertThat(again.isCreated()).isFalse();
    assertThat(Bench.text(again, "/series/count")).isEqualTo("2");
    assertThatThrownBy(() -> apply(head + NEW.replace("it runs", "other") + "}"))
        .hasMessageContaining("message: Invalid value: \"other\": field is immutable");
    assertThatThrownBy(() -> apply(head + NEW + ", message: m}"))
        .hasMessageContaining(".message: field not declared in schema");
    assertThatThrownBy(() -> apply("{apiVersion: v1, kind: Event, " + NEW + "}"))
        .hasMessage("invalid object type: /v1, Kind=Event");
  }

  @Test
  void anAbsentEventIsMadeByPut() {
    Document event = Bench.document("{" + NEW + "}");
    Target target = Target.object(Kinds.EVENTS_EVENT, "default", "e");
    assertThatThrownBy(() ->
            bench.registry.update(
                target, event.with(tree -> tree.remove("action")), WriteOptions.NONE))
        .hasMessage("Event.events.k8s.io \"e\" is invalid: action: Required value");
    assertThat(bench.registry.update(target, event, WriteOptions.NONE).isCreated()).isTrue();
    assertThat(bench.registry.update(target, event, WriteOptions.NONE).isCreated()).isFalse();
  }

  private Document apply(String body) {
    return bench.registry.patch(
        Target.object(Kinds.EVENTS_EVENT, "default", "e"),
        new Patch(Patch.Type.APPLY, Bench.document(body).tree()),
        new WriteOptions(false, "me", false, WriteOptions.Validation.WARN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eventTime: '2026-03-01T12:00:00.000001Z' | x: 1              | eventTime: Required value
          reportingController: example.com/robot   | x: 1              | reportingController: Required value
          reportingInstance: robot-1               | x: 1              | reportingInstance: Required value
          action: Starting                         | x: 1              | action: Required value
          type: Normal                             | type: Odd         | type: Invalid value: "": has invalid value: Odd
          note: it runs                            | series: {count: 1, lastObservedTime: '2026-03-01T12:00:00Z'} | series.count: Invalid value: "": should be at least 2
          """)
  void newEventsMustBeComplete(String from, String to, String why) {
    assertThatThrownBy(
            () -> bench.create(Kinds.EVENTS_EVENT, "default", "{" + NEW.replace(from, to) + "}"))
        .hasMessage("Event.events.k8s.io \"e\" is invalid: " + why);
  }

  @Test
  void anEventGoesAnHourAfterItWasLastSeen() {
    AtomicReference<Instant> now = new AtomicReference<>(Bench.NOW);
    ManualTimers timers = new ManualTimers();
    try (MemoryStore store = new MemoryStore();
        Registry registry =
            new Registry(store, RegistrySettings.DEFAULT, now::get, new Random(7), timers)) {
      create(registry, Kinds.NAMESPACE, "", "{metadata: {name: default}}");
      for (String name : List.of("old", "seen")) {
        create(
            registry,
            Kinds.EVENT,
            "default",
            "{metadata: {name: %s}, involvedObject: {namespace: default}}".formatted(name));
      }
      now.set(Bench.NOW.plus(Duration.ofMinutes(30)));
      Document seen = registry.get(Target.object(Kinds.EVENT, "default", "seen"));
      registry.update(
          Target.object(Kinds.EVENT, "default", "seen"),
          seen.with(tree -> tree.put("lastTimestamp", now.get().toString())),
          WriteOptions.NONE);
      assertThat(expire(registry, timers, now, Duration.ofMinutes(60)))
          .containsExactly("old", "seen");
      assertThat(expire(registry, timers, now, Duration.ofMinutes(61))).containsExactly("seen");
      assertThat(expire(registry, timers, now, Duration.ofMinutes(91))).isEmpty();
    }
  }

  private static List<String> expire(
      Registry registry, ManualTimers timers, AtomicReference<Instant> now, Duration since) {
    now.set(Bench.NOW.plus(since));
    assertThat(registry.cache().awaitNewest()).isTrue();
    timers.advance(EventExpiry.PERIOD);
    return registry.list(Target.all(Kinds.EVENT), ListOptions.ALL).items().stream()
        .map(Document::name)
        .toList();
  }

  private static void create(Registry registry, ResourceType type, String namespace, String yaml) {
    Document _ =
        registry.create(
            Target.collection(type, namespace), Bench.document(yaml), WriteOptions.NONE);
  }

  private Document patch(String body) {
    return bench.registry.patch(
        Target.object(Kinds.EVENTS_EVENT, "default", "e"),
        new Patch(Patch.Type.MERGE, Bench.document(body).tree()),
        WriteOptions.NONE);
  }
}
