package dev.fairlead.dns;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.Discovery;
import dev.fairlead.discovery.Discovery.Change;
import dev.fairlead.discovery.Discovery.Delta;
import dev.fairlead.discovery.ServiceImage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's names, encoded, kept up to date by the discovery's deltas. One zone can serve any
 * number of servers: one subscriber thread writes, any thread reads without locks.
 */
public final class ClusterZone {
  private static final String SPECIFICATION = "1.1.0";
  private static final int SPECIFICATION_TTL_SECONDS = 28_800;

  private final DnsSettings settings;
  private final InstantSource clock;
  private final WireName apex;
  private final WireName pods;
  private final ConcurrentHashMap<WireName, NameEntry> names = new ConcurrentHashMap<>();
  private final ReverseNames reverse;
  private final Map<ObjectKey, Set<WireName>> namesOf = new HashMap<>();
  private final Map<String, Integer> servicesOfNamespace = new HashMap<>();
  private final CountDownLatch synced = new CountDownLatch(1);
  private volatile int serial;

  private ClusterZone(DnsSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.apex = WireName.of(settings.domain());
    this.pods = WireName.of("pod." + settings.domain());
    this.reverse = new ReverseNames(settings.domain(), settings.ttlSeconds());
    this.serial = (int) clock.instant().getEpochSecond();
    putFixedNames();
  }

  /**
   * A zone that follows a discovery until that is closed.
   *
   * @param clock gives the serial of the zone's SOA
   */
  public static ClusterZone follow(DnsSettings settings, Discovery discovery, InstantSource clock) {
    ClusterZone zone = new ClusterZone(settings, clock);
    discovery.subscribe(zone::apply);
    return zone;
  }

  /** Whether the cluster's services are known; before that every answer would be a guess. */
  public boolean synced() {
    return synced.getCount() == 0;
  }

  /**
   * Waits until {@link #synced}.
   *
   * @return false when {@code timeout} passed first
   */
  public boolean awaitSynced(Duration timeout) throws InterruptedException {
    return synced.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Names with records, for reports. */
  public int size() {
    return names.size();
  }

  @Nullable NameEntry get(WireName name) {
    return names.get(name);
  }

  WireName apex() {
    return apex;
  }

  /** The name above all pod records. */
  WireName pods() {
    return pods;
  }

  /** The SOA's serial: the second of the last change. */
  int serial() {
    return serial;
  }

  private void putFixedNames() {
    String domain = settings.domain();
    String server = settings.address().getHostAddress();
    WireName nameServer = WireName.of("ns.dns." + domain);
    int ttl = settings.ttlSeconds();
    names.put(apex, NameEntry.of(Wire.NS, RecordWriter.name(Wire.NS, nameServer, ttl)));
    names.put(nameServer, NameEntry.of(Wire.A, RecordWriter.addresses(List.of(server), ttl)));
    names.put(WireName.of("dns." + domain), NameEntry.EMPTY);
    names.put(WireName.of("svc." + domain), NameEntry.EMPTY);
    names.put(pods, NameEntry.EMPTY);
    names.put(
        WireName.of("dns-version." + domain),
        NameEntry.of(Wire.TXT, RecordWriter.text(SPECIFICATION, SPECIFICATION_TTL_SECONDS)));
  }

  private void apply(Delta delta) {
    delta.changes().forEach(this::apply);
    if (!delta.changes().isEmpty()) {
      serial = (int) clock.instant().getEpochSecond();
    }
    if (delta.image().synced()) {
      synced.countDown();
    }
  }

  private void apply(ObjectKey key, Change change) {
    Set<WireName> old = namesOf.getOrDefault(key, Set.of());
    ServiceImage after = change.after();
    if (after == null) {
      namesOf.remove(key);
      old.forEach(names::remove);
    } else {
      Map<WireName, NameEntry> now =
          ServiceNames.of(after, settings.domain(), settings.ttlSeconds());
      names.putAll(now);
      namesOf.put(key, Set.copyOf(now.keySet()));
      for (WireName name : old) {
        if (!now.containsKey(name)) {
          names.remove(name);
        }
      }
    }
    countNamespaces(key.namespace(), change);
    reverse.apply(change.before(), after).forEach(this::putReverse);
  }

  private void putReverse(WireName name, NameEntry entry) {
    if (entry.sets().isEmpty()) {
      names.remove(name);
    } else {
      names.put(name, entry);
    }
  }

  /** A namespace's own name exists while it has a service. */
  private void countNamespaces(String namespace, Change change) {
    int step = (change.after() == null ? 0 : 1) - (change.before() == null ? 0 : 1);
    int count = servicesOfNamespace.merge(namespace, step, Integer::sum);
    WireName name = WireName.of(namespace + ".svc." + settings.domain());
    if (count > 0) {
      names.put(name, NameEntry.EMPTY);
    } else {
      servicesOfNamespace.remove(namespace);
      names.remove(name);
    }
  }
}
