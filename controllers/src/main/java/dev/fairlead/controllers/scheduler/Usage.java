package dev.fairlead.controllers.scheduler;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What pods use of a node, all together.
 *
 * @param requests what they ask for, by name of the resource
 * @param scored the same of CPU and memory
 * @param assumed what they are taken to use of CPU and memory
 */
record Usage(Map<String, BigDecimal> requests, Amounts scored, Amounts assumed) {

  static Usage of(List<PodInfo> pods) {
    Map<String, BigDecimal> requests = new HashMap<>();
    Amounts scored = Amounts.NONE;
    Amounts assumed = Amounts.NONE;
    for (PodInfo pod : pods) {
      pod.requests().forEach((name, value) -> requests.merge(name, value, BigDecimal::add));
      scored = scored.plus(pod.scored());
      assumed = assumed.plus(pod.assumed());
    }
    return new Usage(requests, scored, assumed);
  }
}
