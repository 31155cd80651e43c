package dev.fairlead.apiserver.watch;

import dev.fairlead.api.WatchEvent;
import dev.fairlead.apiserver.watch.Selection.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The watches of one type by scope, so that an event costs only those who watch its object, its
 * namespace or everything. Owned by the cache's lock.
 */
final class Watchers {
  private final Map<Scope, Set<CachedWatch>> byScope = new HashMap<>();

  void add(CachedWatch watch) {
    byScope.computeIfAbsent(watch.selection().scope(), scope -> new LinkedHashSet<>()).add(watch);
  }

  void remove(CachedWatch watch) {
    byScope.computeIfPresent(
        watch.selection().scope(),
        (scope, watches) -> {
          watches.remove(watch);
          return watches.isEmpty() ? null : watches;
        });
  }

  int size() {
    return byScope.values().stream().mapToInt(Set::size).sum();
  }

  void tell(CachedEvent event) {
    String namespace = event.object().namespace();
    String name = event.object().name();
    tell(byScope.get(new Scope("", "")), event);
    if (!namespace.isEmpty()) {
      tell(byScope.get(new Scope(namespace, "")), event);
    }
    tell(byScope.get(new Scope(namespace, name)), event);
  }

  void forEach(Consumer<CachedWatch> action) {
    byScope.values().forEach(watches -> watches.forEach(action));
  }

  List<CachedWatch> clear() {
    List<CachedWatch> all = new ArrayList<>();
    forEach(all::add);
    byScope.clear();
    return all;
  }

  private void tell(@Nullable Set<CachedWatch> watches, CachedEvent event) {
    if (watches == null) {
      return;
    }
    List<CachedWatch> tooSlow = new ArrayList<>(0);
    for (CachedWatch watch : watches) {
      WatchEvent seen = watch.seen(event);
      if (seen != null && !watch.offer(seen)) {
        tooSlow.add(watch);
      }
    }
    tooSlow.forEach(this::remove);
  }
}
