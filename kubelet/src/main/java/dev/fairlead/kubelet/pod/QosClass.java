package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import java.util.List;
import java.util.stream.Stream;

/** Computes {@code status.qosClass} where the API server has not. */
final class QosClass {
  private static final List<String> COUNTED = List.of("cpu", "memory");

  private QosClass() {}

  static String of(Pod pod) {
    List<Container> all =
        Stream.concat(pod.initContainers().stream(), pod.containers().stream()).toList();
    if (all.stream().allMatch(QosClass::asksNothing)) {
      return "BestEffort";
    }
    return all.stream().allMatch(QosClass::guaranteed) ? "Guaranteed" : "Burstable";
  }

  private static boolean asksNothing(Container container) {
    return container.resources().path("requests").isEmpty()
        && container.resources().path("limits").isEmpty();
  }

  private static boolean guaranteed(Container container) {
    JsonNode limits = container.resources().path("limits");
    JsonNode requests = container.resources().path("requests");
    return COUNTED.stream()
        .allMatch(each ->
            limits.has(each)
                && (!requests.has(each)
                    || requests.path(each).asText().equals(limits.path(each).asText())));
  }
}
