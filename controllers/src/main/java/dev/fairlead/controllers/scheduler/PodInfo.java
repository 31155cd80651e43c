package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A pod with what the scheduler reads of it, read once.
 *
 * @param requests by name of the resource
 * @param scored the same of CPU and memory
 * @param assumed what it is taken to use of CPU and memory where it asks for none
 */
record PodInfo(
    Document pod,
    PodAffinity affinity,
    PodAffinity antiAffinity,
    List<SpreadConstraint> spread,
    Map<String, BigDecimal> requests,
    Amounts scored,
    Amounts assumed) {

  PodInfo {
    spread = List.copyOf(spread);
    requests = Map.copyOf(requests);
  }

  static PodInfo of(Document pod) {
    JsonNode affinity = pod.spec().path("affinity");
    Map<String, BigDecimal> requests = Requests.of(pod);
    return new PodInfo(
        pod,
        PodAffinity.of(affinity.path("podAffinity"), pod.namespace()),
        PodAffinity.of(affinity.path("podAntiAffinity"), pod.namespace()),
        SpreadConstraint.of(pod),
        requests,
        Amounts.of(requests),
        Amounts.of(Requests.assumed(pod)));
  }

  /** The same pod as it is now; nothing is read again where nothing has changed that is read. */
  PodInfo now(Document newer) {
    boolean same =
        Json.same(pod.spec(), newer.spec())
            && pod.meta().labels().equals(newer.meta().labels())
            && Resized.of(pod).equals(Resized.of(newer));
    return same
        ? new PodInfo(newer, affinity, antiAffinity, spread, requests, scored, assumed)
        : of(newer);
  }
}
