package dev.fairlead.controllers.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a pod has to leave its node because of a {@code NoExecute} taint, in pure code. */
final class Eviction {
  private Eviction() {}

  /**
   * The moment at which the pod is deleted.
   *
   * @param patience how long a pod stays that does not say
   * @return empty when the node has no such taint, or the pod tolerates it for ever
   */
  static Optional<Instant> at(Document pod, Document node, Duration patience, Instant now) {
    Optional<Instant> earliest = Optional.empty();
    for (JsonNode taint : node.spec().path("taints")) {
      String key = taint.path("key").asText();
      boolean away = key.equals(NodeHealth.NOT_READY) || key.equals(NodeHealth.UNREACHABLE);
      if (!away || !taint.path("effect").asText().equals("NoExecute")) {
        continue;
      }
      Instant since =
          taint.path("timeAdded").isTextual()
              ? Instant.parse(taint.path("timeAdded").asText())
              : now;
      Optional<Instant> leaves = patience(pod, key, patience).map(since::plus);
      if (leaves.isPresent() && (earliest.isEmpty() || leaves.get().isBefore(earliest.get()))) {
        earliest = leaves;
      }
    }
    return earliest;
  }

  private static Optional<Duration> patience(Document pod, String taint, Duration otherwise) {
    for (JsonNode toleration : pod.spec().path("tolerations")) {
      String key = toleration.path("key").asText("");
      String effect = toleration.path("effect").asText("");
      boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
      boolean matches =
          (key.equals(taint) || (key.isEmpty() && exists))
              && (effect.isEmpty() || effect.equals("NoExecute"));
      if (matches) {
        JsonNode seconds = toleration.path("tolerationSeconds");
        return seconds.isNumber()
            ? Optional.of(Duration.ofSeconds(Math.max(0, seconds.asLong())))
            : Optional.empty();
      }
    }
    return Optional.of(otherwise);
  }
}
