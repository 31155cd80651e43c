package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.EventRecorder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Ends the pods that make room for another, with their own grace, and tells them why. */
final class Preemptor {
  private final KubeApi api;
  private final EventRecorder events;
  private final Clock clock;

  Preemptor(KubeApi api, EventRecorder events, Clock clock) {
    this.api = api;
    this.events = events;
    this.clock = clock;
  }

  /** Ends them; may be repeated. One that is gone already is no error. */
  void end(Victims victims, Document preemptor) {
    for (Document victim : victims.pods()) {
      if (!victim.meta().deleting()) {
        try {
          end(victim, preemptor, victims.node());
        } catch (ApiException e) {
          if (!e.isNotFound() && !e.isConflict()) {
            throw e;
          }
        }
      }
    }
  }

  private void end(Document victim, Document preemptor, String node) {
    Document _ =
        api.patch(
            Target.object(Kinds.POD, victim.key()).sub("status"),
            new Patch(Patch.Type.STRATEGIC_MERGE, disrupted(victim, preemptor)),
            WriteOptions.NONE);
    api.delete(Target.object(Kinds.POD, victim.key()), DeleteOptions.ofUid(victim.meta().uid()));
    events.normal(
        victim,
        "Preempted",
        "Preempted by pod %s on node %s".formatted(preemptor.meta().uid(), node));
  }

  private ObjectNode disrupted(Document victim, Document preemptor) {
    ObjectNode body = Json.object();
    body.putObject("metadata").put("uid", victim.meta().uid());
    body.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("reason", Preemption.REASON)
        .put(
            "message",
            "%s: preempting to accommodate a higher priority pod"
                .formatted(preemptor.spec().path("schedulerName").asText("default-scheduler")));
    return body;
  }
}
