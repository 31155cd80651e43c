package dev.fairlead.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One attempt after another to hold a Lease (upstream: client-go {@code leaderelection}). It owns
 * no thread: whoever holds it calls {@link #attempt} every {@link Timing#retry}.
 *
 * <p>Whether another holder is alive is judged only by seeing its record change, measured with our
 * own clock; clocks of different machines are never compared.
 */
public final class LeaderElection {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubeApi api;
  private final ObjectKey lease;
  private final String identity;
  private final Timing timing;
  private final Clock clock;
  private JsonNode observed = Json.object();
  private Instant observedAt = Instant.MIN;
  private @Nullable Instant renewedAt;

  /**
   * The times of an election.
   *
   * @param lease for how long a record that does not change is honoured
   * @param renewDeadline a leader that has not renewed for so long must stop
   * @param retry between attempts
   */
  public record Timing(Duration lease, Duration renewDeadline, Duration retry) {
    /** Upstream's: 15, 10 and 2 seconds. */
    public static final Timing DEFAULT =
        new Timing(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
  }

  /** A candidate with an identity that no other candidate has. */
  public LeaderElection(KubeApi api, ObjectKey lease, String identity, Timing timing, Clock clock) {
    this.api = api;
    this.lease = lease;
    this.identity = identity;
    this.timing = timing;
    this.clock = clock;
  }

  /** Whether this candidate may act as the leader at this moment. */
  public synchronized boolean leading() {
    return renewedAt != null && clock.instant().isBefore(renewedAt.plus(timing.renewDeadline()));
  }

  /** Tries to take or renew the lease. Returns {@link #leading()}; never throws an ApiException. */
  public synchronized boolean attempt() {
    try {
      if (write()) {
        renewedAt = clock.instant();
      } else {
        renewedAt = null;
      }
    } catch (ApiException e) {
      return leading();
    }
    return leading();
  }

  /** Gives the lease up, so that another need not wait for it to run out. */
  public synchronized void release() {
    if (renewedAt == null) {
      return;
    }
    renewedAt = null;
    Document held = api.get(Target.object(Kinds.LEASE, lease));
    if (holder(held).equals(identity)) {
      Document freed =
          held.with(tree ->
              tree.withObject("/spec").put("holderIdentity", "").put("leaseDurationSeconds", 1));
      api.update(Target.object(Kinds.LEASE, lease), freed, WriteOptions.NONE);
    }
  }

  private boolean write() {
    Document known;
    try {
      known = api.get(Target.object(Kinds.LEASE, lease));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      api.create(Target.collection(Kinds.LEASE, lease.namespace()), fresh(), WriteOptions.NONE);
      return true;
    }
    if (!known.spec().equals(observed)) {
      observed = known.spec();
      observedAt = clock.instant();
    }
    boolean ours = holder(known).equals(identity);
    boolean alive = observedAt.plus(timing.lease()).isAfter(clock.instant());
    if (!ours && !holder(known).isEmpty() && alive) {
      return false;
    }
    api.update(
        Target.object(Kinds.LEASE, lease),
        known.with(tree -> hold(tree.withObject("/spec"), ours)),
        WriteOptions.NONE);
    return true;
  }

  private Document fresh() {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", Kinds.LEASE.apiVersion()).put("kind", Kinds.LEASE.kind());
    tree.putObject("metadata").put("name", lease.name()).put("namespace", lease.namespace());
    hold(tree.putObject("spec"), false);
    return Document.of(tree);
  }

  private void hold(ObjectNode spec, boolean ours) {
    String now = MICROS.format(clock.instant());
    if (!ours) {
      boolean first = !spec.has("holderIdentity");
      spec.put("acquireTime", now);
      spec.put("leaseTransitions", first ? 0 : spec.path("leaseTransitions").asInt(0) + 1);
    }
    spec.put("holderIdentity", identity).put("renewTime", now);
    spec.put("leaseDurationSeconds", timing.lease().toSeconds());
  }

  private static String holder(Document lease) {
    return lease.spec().path("holderIdentity").asText("");
  }
}
