package dev.fairlead.apiserver.watch;

import dev.fairlead.api.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which type a storage key belongs to, by its folder of one or two parts. */
final class Routes {
  private static final int ROOT = "/registry/".length();
  private final Map<String, TypeCache> byFolder = new HashMap<>();
  private final Map<ResourceType, TypeCache> byType = new HashMap<>();

  Routes(List<ResourceType> types, WatchCacheSettings settings) {
    for (ResourceType type : types) {
      TypeCache cache =
          new TypeCache(type, new Window(settings.windowEventsMax(), settings.windowAgeMax()));
      byFolder.put(type.storageResource(), cache);
      byType.put(type, cache);
    }
  }

  Iterable<TypeCache> all() {
    return byType.values();
  }

  TypeCache of(ResourceType type) {
    TypeCache cache = byType.get(type);
    if (cache == null) {
      throw new IllegalArgumentException("no such type: " + type);
    }
    return cache;
  }

  @Nullable TypeCache ofKey(String key) {
    int first = key.indexOf('/', ROOT);
    if (first < 0) {
      return null;
    }
    TypeCache found = byFolder.get(key.substring(ROOT, first));
    if (found != null) {
      return found;
    }
    int second = key.indexOf('/', first + 1);
    return second < 0 ? null : byFolder.get(key.substring(ROOT, second));
  }
}
