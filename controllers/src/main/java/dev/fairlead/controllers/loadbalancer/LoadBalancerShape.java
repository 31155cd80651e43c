package dev.fairlead.controllers.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.controllers.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a Service that its load balancer depends on, and what to tell of its changes. Pure.
 */
final class LoadBalancerShape {
  private static final List<String> FIELDS =
      List.of(
          "type",
          "loadBalancerClass",
          "loadBalancerIP",
          "loadBalancerSourceRanges",
          "ports",
          "sessionAffinity",
          "sessionAffinityConfig",
          "externalIPs",
          "externalTrafficPolicy",
          "healthCheckNodePort");

  private LoadBalancerShape() {}

  /** An event: reason and message. */
  record Change(String reason, String message) {}

  /** Equal texts need no new look at the load balancer. */
  static String text(Document service) {
    StringBuilder text = new StringBuilder(service.meta().uid());
    FIELDS.forEach(each -> text.append('|').append(CanonicalJson.text(service.spec().path(each))));
    text.append('|').append(service.meta().annotations());
    return text.toString();
  }

  /** What to tell people of a change; only the first difference, as upstream does. */
  static Optional<Change> change(Document before, Document after, LoadBalancerProvider provider) {
    boolean was = wants(before, provider);
    boolean is = wants(after, provider);
    if (was != is) {
      return Optional.of(new Change("Type", from("type", before) + " -> " + from("type", after)));
    }
    return is ? ofBalanced(before, after) : Optional.empty();
  }

  private static Optional<Change> ofBalanced(Document before, Document after) {
    JsonNode old = before.spec();
    JsonNode now = after.spec();
    if (differs("loadBalancerSourceRanges", old, now)) {
      return Optional.of(
          new Change(
              "LoadBalancerSourceRanges",
              list(old, "loadBalancerSourceRanges")
                  + " -> "
                  + list(now, "loadBalancerSourceRanges")));
    }
    for (String field : List.of("loadBalancerIP", "externalTrafficPolicy", "healthCheckNodePort")) {
      if (differs(field, old, now)) {
        return Optional.of(
            new Change(reason(field), from(field, before) + " -> " + from(field, after)));
      }
    }
    return Optional.empty();
  }

  private static boolean wants(Document service, LoadBalancerProvider provider) {
    return Decision.balanced(service)
        && provider.owns(service.spec().path("loadBalancerClass").asText(""));
  }

  private static String reason(String field) {
    // Upstream spells this one differently from the field.
    return field.equals("loadBalancerIP")
        ? "LoadbalancerIP"
        : Character.toUpperCase(field.charAt(0)) + field.substring(1);
  }

  private static boolean differs(String field, JsonNode one, JsonNode other) {
    return !CanonicalJson.same(one.path(field), other.path(field));
  }

  private static String from(String field, Document service) {
    return service.spec().path(field).asText("");
  }

  private static String list(JsonNode spec, String field) {
    List<String> values = new ArrayList<>();
    spec.path(field).forEach(each -> values.add(each.asText()));
    return "[" + String.join(" ", values) + "]";
  }
}
