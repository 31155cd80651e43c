package dev.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.api.view.Service;
import dev.fairlead.discovery.Discovery.Change;
import dev.fairlead.discovery.Discovery.Delta;
import dev.fairlead.discovery.DiscoveryState.Batch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However events come and are batched, the image is the join of what is there. */
class DiscoveryStatePropertyTest {
  /**
   * One event.
   *
   * @param variant what the new document says; 0 deletes it
   */
  record Event(boolean service, int object, int owner, int variant, boolean endsBatch) {}

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Event> event =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 2),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(true, false))
            .as(Event::new);
    return event.list().ofMaxSize(60);
  }

  @Property
  void theImageIsTheJoinFromScratch(@ForAll("events") List<Event> events) {
    DiscoveryState state = new DiscoveryState();
    Map<ObjectKey, Document> services = new HashMap<>();
    Map<ObjectKey, Document> slices = new HashMap<>();
    Map<ObjectKey, ServiceImage> followed = new HashMap<>();
    Batch batch = new Batch(new LinkedHashMap<>(), new LinkedHashMap<>(), true);
    for (Event event : events) {
      Optional<Document> document = document(event);
      ObjectKey key = new ObjectKey("default", (event.service() ? "s" : "e") + event.object());
      apply(event.service() ? services : slices, key, document);
      (event.service() ? batch.services() : batch.slices()).put(key, document);
      if (event.endsBatch()) {
        follow(followed, state.apply(batch));
        assertThat(state.image().services()).isEqualTo(scratch(services, slices));
        batch = new Batch(new LinkedHashMap<>(), new LinkedHashMap<>(), true);
      }
    }
    follow(followed, state.apply(batch));
    assertThat(state.image().services()).isEqualTo(scratch(services, slices)).isEqualTo(followed);
  }

  private static void apply(
      Map<ObjectKey, Document> into, ObjectKey key, Optional<Document> document) {
    document.ifPresentOrElse(each -> into.put(key, each), () -> into.remove(key));
  }

  private static void follow(Map<ObjectKey, ServiceImage> followed, Delta delta) {
    delta
        .changes()
        .forEach((key, change) -> {
          assertThat(change).isNotEqualTo(new Change(change.after(), change.after()));
          assertThat(followed.get(key)).isEqualTo(change.before());
          if (change.after() == null) {
            followed.remove(key);
          } else {
            followed.put(key, change.after());
          }
        });
  }

  private static Map<ObjectKey, ServiceImage> scratch(
      Map<ObjectKey, Document> services, Map<ObjectKey, Document> slices) {
    Map<ObjectKey, ServiceImage> result = new HashMap<>();
    services.forEach((key, service) -> {
      List<EndpointSlice> own =
          slices.values().stream()
              .map(EndpointSlice::of)
              .filter(slice -> slice.serviceName().equals(key.name()))
              .toList();
      result.put(key, ServiceJoin.join(Service.of(service), own));
    });
    return result;
  }

  private static Optional<Document> document(Event event) {
    if (event.variant() == 0) {
      return Optional.empty();
    }
    if (event.service()) {
      return Optional.of(
          Objects.service(
              "s" + event.object(), "\"clusterIP\":\"10.0.0." + event.variant() + "\""));
    }
    String endpoints =
        Objects.endpoint("10.1.0." + event.object(), "\"ready\":" + (event.variant() != 1))
            + ","
            + Objects.endpoint("10.1.0." + event.variant(), "");
    return Optional.of(
        Objects.slice(
            "e" + event.object(),
            "s" + event.owner(),
            Objects.port("", 80 + event.variant()),
            endpoints));
  }
}
