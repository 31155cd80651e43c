package dev.fairlead.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to the API from one virtual thread behind a bounded queue. The same thing happening
 * again to the same object raises the count of the event already written (upstream: client-go
 * {@code tools/record}).
 */
public final class ApiEventRecorder implements EventRecorder, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiEventRecorder.class);
  private static final int QUEUE_MAX = 1000;
  private static final int KNOWN_MAX = 4096;

  private final KubeApi api;
  private final String host;
  private final Clock clock;
  private final BlockingQueue<Occurrence> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicBoolean dropping = new AtomicBoolean();
  private final Thread thread;
  private final Map<Occurrence.Identity, Written> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Occurrence.Identity, Written> eldest) {
          return size() > KNOWN_MAX;
        }
      };

  private record Written(ObjectKey event, int count) {}

  /** One thing that happened. */
  private record Occurrence(Identity identity, String resourceVersion, Instant at) {

    /** What makes two occurrences the same event. */
    record Identity(
        String component,
        String apiVersion,
        String kind,
        ObjectKey key,
        String uid,
        String fieldPath,
        Severity severity,
        String reason,
        String message) {}
  }

  private ApiEventRecorder(KubeApi api, String host, Clock clock) {
    this.api = api;
    this.host = host;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("events").unstarted(this::run);
  }

  /**
   * Starts a recorder.
   *
   * @param host the node that speaks, for {@code source.host}; empty for none
   * @param clock gives the timestamps
   */
  public static ApiEventRecorder start(KubeApi api, String host, Clock clock) {
    ApiEventRecorder recorder = new ApiEventRecorder(api, host, clock);
    recorder.thread.start();
    return recorder;
  }

  @Override
  public void record(
      Document involved, String fieldPath, Severity severity, String reason, String message) {
    offer("fairlead", involved, fieldPath, severity, reason, message);
  }

  @Override
  public EventRecorder as(String component) {
    return (involved, fieldPath, severity, reason, message) ->
        offer(component, involved, fieldPath, severity, reason, message);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void offer(
      String component,
      Document involved,
      String fieldPath,
      Severity severity,
      String reason,
      String message) {
    var identity =
        new Occurrence.Identity(
            component,
            involved.apiVersion(),
            involved.kind(),
            involved.key(),
            involved.meta().uid(),
            fieldPath,
            severity,
            reason,
            message);
    boolean taken =
        queue.offer(new Occurrence(identity, involved.meta().resourceVersion(), clock.instant()));
    if (!taken && dropping.compareAndSet(false, true)) {
      log.warn("too many events are waiting to be written; dropping some");
    }
  }

  private void run() {
    try {
      while (true) {
        Occurrence occurrence = queue.take();
        write(occurrence);
        if (queue.isEmpty()) {
          dropping.set(false);
        }
      }
    } catch (InterruptedException e) {
      log.debug("event recorder ends");
    }
  }

  private void write(Occurrence occurrence) {
    try {
      Written before = known.get(occurrence.identity());
      if (before == null || !raise(occurrence, before)) {
        create(occurrence);
      }
    } catch (ApiException e) {
      log.debug("cannot write event {}: {}", occurrence.identity().reason(), e.message());
    } catch (RuntimeException e) {
      log.warn("cannot write event {}", occurrence.identity().reason(), e);
    }
  }

  /** Raises the count of an event; false when the event has gone meanwhile. */
  private boolean raise(Occurrence occurrence, Written before) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("count", before.count() + 1).put("lastTimestamp", seconds(occurrence.at()));
    try {
      api.patch(
          Target.object(Kinds.EVENT, before.event()),
          new Patch(Patch.Type.MERGE, body),
          WriteOptions.NONE);
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
    known.put(occurrence.identity(), new Written(before.event(), before.count() + 1));
    return true;
  }

  private void create(Occurrence occurrence) {
    Document stored =
        api.create(
            Target.collection(Kinds.EVENT, namespace(occurrence)),
            event(occurrence),
            WriteOptions.NONE);
    known.put(occurrence.identity(), new Written(stored.key(), 1));
  }

  /** Events about cluster-scoped objects live in {@code default}, as upstream. */
  private static String namespace(Occurrence occurrence) {
    String namespace = occurrence.identity().key().namespace();
    return namespace.isEmpty() ? "default" : namespace;
  }

  private Document event(Occurrence occurrence) {
    Occurrence.Identity what = occurrence.identity();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    event
        .putObject("metadata")
        .put("name", what.key().name() + "." + Long.toHexString(nanos(occurrence.at())))
        .put("namespace", namespace(occurrence));
    involved(event.putObject("involvedObject"), occurrence);
    event.put("reason", what.reason()).put("message", what.message());
    ObjectNode source = event.putObject("source").put("component", what.component());
    if (!host.isEmpty()) {
      source.put("host", host);
    }
    event.put("firstTimestamp", seconds(occurrence.at()));
    event.put("lastTimestamp", seconds(occurrence.at()));
    event.put("count", 1).put("type", what.severity().type());
    event.putNull("eventTime");
    event.put("reportingComponent", what.component()).put("reportingInstance", host);
    return Document.of(event);
  }

  private static void involved(ObjectNode reference, Occurrence occurrence) {
    Occurrence.Identity what = occurrence.identity();
    reference.put("kind", what.kind());
    if (!what.key().namespace().isEmpty()) {
      reference.put("namespace", what.key().namespace());
    }
    reference.put("name", what.key().name()).put("uid", what.uid());
    reference.put("apiVersion", what.apiVersion());
    reference.put("resourceVersion", occurrence.resourceVersion());
    if (!what.fieldPath().isEmpty()) {
      reference.put("fieldPath", what.fieldPath());
    }
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
