package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import java.util.ArrayList;
import java.util.List;

/** What only a Service of type LoadBalancer has. */
final class ServiceLoadBalancer {
  private static final String ONLY = "may only be used when `type` is 'LoadBalancer'";
  private static final String RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

  private ServiceLoadBalancer() {}

  static void validate(Document service, List<FieldError> errors) {
    JsonNode spec = service.spec();
    boolean balanced = balanced(spec);
    String annotated = service.meta().annotations().get(RANGES);
    if (!spec.path("loadBalancerSourceRanges").isEmpty()) {
      // Upstream writes the field's name with a capital.
      List<String> ranges = new ArrayList<>();
      spec.path("loadBalancerSourceRanges").forEach(each -> ranges.add(each.asText()));
      ranges(ranges, balanced, "spec.LoadBalancerSourceRanges", true, errors);
    } else if (annotated != null) {
      List<String> ranges = annotated.isBlank() ? List.of() : List.of(annotated.split(",", -1));
      ranges(ranges, balanced, "metadata.annotations[%s]".formatted(RANGES), false, errors);
    }
    if (!balanced && spec.has("allocateLoadBalancerNodePorts")) {
      errors.add(FieldError.forbidden("spec.allocateLoadBalancerNodePorts", ONLY));
    }
    if (spec.has("loadBalancerClass")) {
      balancerClass(spec.get("loadBalancerClass").asText(), balanced, errors);
    }
  }

  /** What an update must not change. */
  static void unchanged(JsonNode spec, JsonNode old, List<FieldError> errors) {
    JsonNode now = spec.path("loadBalancerClass");
    if (balanced(spec) && balanced(old) && !now.equals(old.path("loadBalancerClass"))) {
      Object shown = now.isMissingNode() ? "null" : now;
      errors.add(FieldError.invalid("spec.loadBalancerClass", shown, "field is immutable"));
    }
  }

  private static void ranges(
      List<String> ranges,
      boolean balanced,
      String path,
      boolean numbered,
      List<FieldError> errors) {
    if (!balanced) {
      errors.add(FieldError.forbidden(path, ONLY));
    }
    for (int i = 0; i < ranges.size(); i++) {
      String range = ranges.get(i).strip();
      String at = numbered ? "%s[%d]".formatted(path, i) : path;
      IpValidation.legacyCidr(range).forEach(why -> errors.add(FieldError.invalid(at, range, why)));
    }
  }

  private static void balancerClass(String name, boolean balanced, List<FieldError> errors) {
    if (!balanced) {
      errors.add(FieldError.forbidden("spec.loadBalancerClass", ONLY));
      return;
    }
    Names.qualifiedName(name)
        .forEach(why -> errors.add(FieldError.invalid("spec.loadBalancerClass", name, why)));
  }

  private static boolean balanced(JsonNode spec) {
    return ServiceNeeds.type(spec).equals("LoadBalancer");
  }
}
