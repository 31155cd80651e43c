package dev.fairlead.dns;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * PTR records: of a virtual address the service, of an endpoint's address its name in every service
 * that it backs. Used by one thread.
 */
final class ReverseNames {
  private final String domain;
  private final int ttlSeconds;
  private final Map<String, TreeMap<String, WireName>> byAddress = new HashMap<>();

  ReverseNames(String domain, int ttlSeconds) {
    this.domain = domain;
    this.ttlSeconds = ttlSeconds;
  }

  /**
   * Applies one service's change.
   *
   * @return the reverse names to set; an empty entry for one to remove
   */
  Map<WireName, NameEntry> apply(@Nullable ServiceImage before, @Nullable ServiceImage after) {
    Map<String, WireName> old = before == null ? Map.of() : contributions(before);
    Map<String, WireName> now = after == null ? Map.of() : contributions(after);
    ObjectKey key = before == null ? Objects.requireNonNull(after).key() : before.key();
    List<String> touched = new ArrayList<>();
    old.forEach((address, name) -> touch(touched, address, name, now.get(address)));
    now.forEach((address, name) -> touch(touched, address, name, old.get(address)));
    Map<WireName, NameEntry> result = new HashMap<>();
    for (String address : touched) {
      result.put(name(address), set(address, key.toString(), now.get(address)));
    }
    return result;
  }

  private static void touch(
      List<String> touched, String address, WireName name, @Nullable WireName other) {
    if (!name.equals(other)) {
      touched.add(address);
    }
  }

  private NameEntry set(String address, String key, @Nullable WireName name) {
    TreeMap<String, WireName> names = byAddress.computeIfAbsent(address, k -> new TreeMap<>());
    if (name == null) {
      names.remove(key);
    } else {
      names.put(key, name);
    }
    if (names.isEmpty()) {
      byAddress.remove(address);
      return NameEntry.EMPTY;
    }
    List<WireName> targets = names.values().stream().distinct().toList();
    return NameEntry.of(Wire.PTR, RecordWriter.names(Wire.PTR, targets, ttlSeconds));
  }

  private Map<String, WireName> contributions(ServiceImage image) {
    String service = ServiceNames.name(image, domain);
    Map<String, WireName> result = new HashMap<>();
    for (Endpoint endpoint : ServiceNames.published(image)) {
      WireName name = WireName.tryOf(ServiceNames.label(endpoint) + "." + service);
      if (name != null) {
        result.put(endpoint.address(), name);
      }
    }
    for (String address : image.clusterIps()) {
      result.put(address, WireName.of(service));
    }
    return result;
  }

  /** {@code 4.3.2.1.in-addr.arpa} for {@code 1.2.3.4}. */
  private static WireName name(String address) {
    byte[] octets = RecordWriter.octets(address);
    return WireName.of(
        "%d.%d.%d.%d.in-addr.arpa"
            .formatted(octets[3] & 255, octets[2] & 255, octets[1] & 255, octets[0] & 255));
  }
}
