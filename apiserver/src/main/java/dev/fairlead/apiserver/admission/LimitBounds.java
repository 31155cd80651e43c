package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.quota.Amounts;
import dev.fairlead.api.quota.PodAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a pod keeps to the bounds of a LimitRange, worded as upstream. */
final class LimitBounds {
  private final String type;
  private final Amounts requests;
  private final Amounts limits;
  private final List<String> problems;

  private LimitBounds(String type, Amounts requests, Amounts limits, List<String> problems) {
    this.type = type;
    this.requests = requests;
    this.limits = limits;
    this.problems = problems;
  }

  /** What is wrong with a pod. */
  static List<String> problems(JsonNode range, JsonNode spec) {
    List<String> problems = new ArrayList<>();
    for (JsonNode limit : range.path("limits")) {
      String type = limit.path("type").asText();
      switch (type) {
        case "Container" -> {
          for (JsonNode container : spec.path("containers")) {
            of(type, container, problems).check(limit);
          }
          for (JsonNode container : spec.path("initContainers")) {
            of(type, container, problems).check(limit);
          }
        }
        case "Pod" ->
            new LimitBounds(type, PodAmounts.requests(spec), PodAmounts.limits(spec), problems)
                .check(limit);
        default -> {} // The bounds of other types are not about pods.
      }
    }
    return problems;
  }

  private static LimitBounds of(String type, JsonNode container, List<String> problems) {
    JsonNode resources = container.path("resources");
    return new LimitBounds(
        type,
        Amounts.of(resources.path("requests")),
        Amounts.of(resources.path("limits")),
        problems);
  }

  private void check(JsonNode limit) {
    Amounts.of(limit.path("min")).byName().forEach(this::min);
    Amounts.of(limit.path("max")).byName().forEach(this::max);
    Amounts.of(limit.path("maxLimitRequestRatio")).byName().forEach(this::ratio);
  }

  private void min(String name, Quantity least) {
    Quantity request = requests.get(name);
    Quantity limit = limits.get(name);
    String bound = "minimum %s usage per %s is %s".formatted(name, type, least);
    if (request == null) {
      problems.add(bound + ".  No request is specified");
    } else if (request.compareTo(least) < 0) {
      problems.add("%s, but request is %s".formatted(bound, request));
    } else if (limit != null && limit.compareTo(least) < 0) {
      problems.add("%s, but limit is %s".formatted(bound, limit));
    }
  }

  private void max(String name, Quantity most) {
    Quantity request = requests.get(name);
    Quantity limit = limits.get(name);
    String bound = "maximum %s usage per %s is %s".formatted(name, type, most);
    if (limit == null) {
      problems.add(bound + ".  No limit is specified");
    } else if (limit.compareTo(most) > 0) {
      problems.add("%s, but limit is %s".formatted(bound, limit));
    } else if (request != null && request.compareTo(most) > 0) {
      problems.add("%s, but request is %s".formatted(bound, request));
    }
  }

  private void ratio(String name, Quantity most) {
    Quantity request = requests.getOrZero(name);
    Quantity limit = limits.getOrZero(name);
    String bound = "%s max limit to request ratio per %s is %s".formatted(name, type, most);
    if (request.isZero()) {
      problems.add(bound + ", but no request is specified or request is 0");
    } else if (limit.isZero()) {
      problems.add(bound + ", but no limit is specified or limit is 0");
    } else {
      double ratio = limit.amount().doubleValue() / request.amount().doubleValue();
      if (ratio > most.amount().doubleValue()) {
        problems.add(
            "%s, but provided ratio is %s"
                .formatted(bound, String.format(Locale.ROOT, "%f", ratio)));
      }
    }
  }
}
