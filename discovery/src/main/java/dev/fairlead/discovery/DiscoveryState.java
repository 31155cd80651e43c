package dev.fairlead.discovery;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.api.view.Service;
import dev.fairlead.discovery.Discovery.Change;
import dev.fairlead.discovery.Discovery.Delta;
import dev.fairlead.discovery.Discovery.DiscoveryImage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Turns changed documents into the next image. Holds the parsed services and slices; a change of a
 * slice joins only the service it belongs to. Used by one thread.
 */
final class DiscoveryState {
  private final Map<ObjectKey, Service> services = new HashMap<>();
  private final Map<ObjectKey, EndpointSlice> slices = new HashMap<>();
  private final Map<ObjectKey, Map<ObjectKey, EndpointSlice>> slicesByService = new HashMap<>();
  private PersistentMap<ObjectKey, ServiceImage> images = PersistentMap.empty();
  private boolean synced;

  /**
   * Documents that changed, the newest state of each; an empty value stands for a deletion.
   *
   * @param synced whether both collections are known completely once these are applied
   */
  record Batch(
      Map<ObjectKey, Optional<Document>> services,
      Map<ObjectKey, Optional<Document>> slices,
      boolean synced) {}

  /** Applies a batch. The delta has no changes when nothing that shows in an image changed. */
  Delta apply(Batch batch) {
    Set<ObjectKey> touched = new LinkedHashSet<>(batch.services().keySet());
    batch.services().forEach(this::putService);
    batch.slices().forEach((key, document) -> putSlice(key, document, touched));
    Map<ObjectKey, Change> changes = new LinkedHashMap<>();
    touched.forEach(key -> rejoin(key, changes));
    synced = batch.synced();
    return new Delta(image(), changes);
  }

  DiscoveryImage image() {
    return new DiscoveryImage(synced, images);
  }

  private void putService(ObjectKey key, Optional<Document> document) {
    document.ifPresentOrElse(
        each -> services.put(key, Service.of(each)), () -> services.remove(key));
  }

  private void putSlice(ObjectKey key, Optional<Document> document, Set<ObjectKey> touched) {
    EndpointSlice before = slices.remove(key);
    if (before != null) {
      forget(before);
      touched.add(owner(before));
    }
    document
        .map(EndpointSlice::of)
        .filter(slice -> !slice.serviceName().isEmpty())
        .ifPresent(slice -> {
          slices.put(key, slice);
          slicesByService.computeIfAbsent(owner(slice), k -> new HashMap<>()).put(key, slice);
          touched.add(owner(slice));
        });
  }

  private void forget(EndpointSlice slice) {
    Map<ObjectKey, EndpointSlice> siblings =
        Objects.requireNonNull(slicesByService.get(owner(slice)));
    siblings.remove(slice.key());
    if (siblings.isEmpty()) {
      slicesByService.remove(owner(slice));
    }
  }

  private static ObjectKey owner(EndpointSlice slice) {
    return new ObjectKey(slice.key().namespace(), slice.serviceName());
  }

  private void rejoin(ObjectKey key, Map<ObjectKey, Change> changes) {
    ServiceImage before = images.get(key);
    Service service = services.get(key);
    ServiceImage after =
        service == null
            ? null
            : ServiceJoin.join(service, slicesByService.getOrDefault(key, Map.of()).values());
    if (Objects.equals(before, after)) {
      return;
    }
    images = after == null ? images.without(key) : images.with(key, after);
    changes.put(key, new Change(before, after));
  }
}
