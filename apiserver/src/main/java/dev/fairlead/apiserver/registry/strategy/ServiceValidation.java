package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.allocation.Ipv4;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a Service's spec must look like (upstream {@code ValidateService}). */
final class ServiceValidation {
  private static final int AFFINITY_SECONDS_MAX = 86_400;

  private ServiceValidation() {}

  static List<FieldError> validate(JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    if (spec.path("ports").isEmpty()
        && !ServiceNeeds.headless(spec)
        && !ServiceNeeds.type(spec).equals("ExternalName")) {
      errors.add(FieldError.required("spec.ports", ""));
    }
    type(spec, errors);
    ServicePorts.validate(spec, errors);
    errors.addAll(MetaValidation.labels(spec.path("selector"), "spec.selector"));
    supported(spec, "sessionAffinity", Set.of("ClientIP", "None"), errors);
    affinity(spec, errors);
    addresses(spec, errors);
    supported(
        spec, "type", Set.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort"), errors);
    policies(spec, errors);
    sourceRanges(spec, errors);
    return errors;
  }

  /** What an update must not change. */
  static List<FieldError> update(JsonNode spec, JsonNode old) {
    List<FieldError> errors = new ArrayList<>();
    boolean both =
        !ServiceNeeds.type(spec).equals("ExternalName")
            && !ServiceNeeds.type(old).equals("ExternalName");
    String before = ServiceNeeds.clusterIpOf(old);
    if (both && !before.isEmpty() && !before.equals(ServiceNeeds.clusterIpOf(spec))) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs[0]", spec.path("clusterIPs"), "may not change once set"));
    }
    String family = old.path("ipFamilies").path(0).asText("");
    if (both && !family.isEmpty() && !family.equals(spec.path("ipFamilies").path(0).asText(""))) {
      errors.add(
          FieldError.invalid(
              "spec.ipFamilies[0]", spec.path("ipFamilies"), "may not change once set"));
    }
    return errors;
  }

  private static void type(JsonNode spec, List<FieldError> errors) {
    String type = ServiceNeeds.type(spec);
    if (ServiceNeeds.headless(spec) && (type.equals("LoadBalancer") || type.equals("NodePort"))) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs[0]",
              "None",
              "may not be set to 'None' for %s services".formatted(type)));
    }
    if (type.equals("ExternalName")) {
      externalName(spec, errors);
    }
  }

  private static void externalName(JsonNode spec, List<FieldError> errors) {
    for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
      boolean given =
          field.equals("ipFamilyPolicy") ? spec.has(field) : !spec.path(field).isEmpty();
      if (given) {
        errors.add(
            FieldError.forbidden("spec." + field, "may not be set for ExternalName services"));
      }
    }
    String name = spec.path("externalName").asText("");
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (bare.isEmpty()) {
      errors.add(FieldError.required("spec.externalName", ""));
      return;
    }
    Names.dnsSubdomain(bare)
        .ifPresent(why -> errors.add(FieldError.invalid("spec.externalName", bare, why)));
  }

  private static void affinity(JsonNode spec, List<FieldError> errors) {
    JsonNode seconds = spec.path("sessionAffinityConfig").path("clientIP").path("timeoutSeconds");
    boolean bad = seconds.asLong(1) <= 0 || seconds.asLong(1) > AFFINITY_SECONDS_MAX;
    if (spec.path("sessionAffinity").asText().equals("ClientIP") && bad) {
      errors.add(
          FieldError.invalid(
              "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
              seconds,
              "must be greater than 0 and less than or equal to %d"
                  .formatted(AFFINITY_SECONDS_MAX)));
    }
  }

  private static void addresses(JsonNode spec, List<FieldError> errors) {
    JsonNode list = spec.path("clusterIPs");
    String one = spec.path("clusterIP").asText("");
    if (list.size() > 1) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs", list, "only one cluster IP per IP family is supported"));
    }
    if (!list.isEmpty() && !list.get(0).asText().equals(one)) {
      errors.add(FieldError.invalid("spec.clusterIPs", list, "first value must match `clusterIP`"));
    }
    for (int i = 0; i < list.size(); i++) {
      String address = list.get(i).asText();
      if (!address.equals("None") && !Ipv4.isAddress(address)) {
        errors.add(
            FieldError.invalid(
                "spec.clusterIPs[%d]".formatted(i),
                list,
                "must be a valid IPv4 address, (e.g. 10.9.8.7)"));
      }
    }
    families(spec, errors);
    int index = 0;
    for (JsonNode address : spec.path("externalIPs")) {
      String path = "spec.externalIPs[%d]".formatted(index++);
      if (!Ipv4.isAddress(address.asText())) {
        errors.add(
            FieldError.invalid(
                path,
                address.asText(),
                "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
      }
    }
  }

  private static void families(JsonNode spec, List<FieldError> errors) {
    boolean free = ServiceNeeds.headless(spec) && spec.path("selector").isEmpty();
    supported(
        spec,
        "ipFamilyPolicy",
        Set.of("PreferDualStack", "RequireDualStack", "SingleStack"),
        errors);
    if (spec.path("ipFamilyPolicy").asText("").equals("RequireDualStack") && !free) {
      errors.add(
          FieldError.invalid(
              "spec.ipFamilyPolicy",
              "RequireDualStack",
              "this cluster is not configured for dual-stack services"));
    }
    int index = 0;
    for (JsonNode family : spec.path("ipFamilies")) {
      String path = "spec.ipFamilies[%d]".formatted(index++);
      boolean known = family.asText().equals("IPv4") || family.asText().equals("IPv6");
      if (!known) {
        errors.add(FieldError.notSupported(path, family.asText(), List.of("IPv4", "IPv6")));
      } else if (family.asText().equals("IPv6") && !free) {
        errors.add(FieldError.invalid(path, "IPv6", "not configured on this cluster"));
      }
    }
  }

  private static void policies(JsonNode spec, List<FieldError> errors) {
    supported(spec, "internalTrafficPolicy", Set.of("Cluster", "Local"), errors);
    String external = spec.path("externalTrafficPolicy").asText("");
    if (!external.isEmpty()
        && !ServiceNeeds.mayHaveNodePorts(spec)
        && spec.path("externalIPs").isEmpty()) {
      errors.add(
          FieldError.invalid(
              "spec.externalTrafficPolicy",
              external,
              "may only be set for externally-accessible services"));
    }
    supported(spec, "externalTrafficPolicy", Set.of("Cluster", "Local"), errors);
    boolean balanced = ServiceNeeds.type(spec).equals("LoadBalancer");
    for (Map.Entry<String, String> field :
        Map.of(
                "allocateLoadBalancerNodePorts", "may only be used when `type` is 'LoadBalancer'",
                "loadBalancerClass", "may only be used when `type` is 'LoadBalancer'")
            .entrySet()) {
      if (!balanced && spec.has(field.getKey())) {
        errors.add(FieldError.forbidden("spec." + field.getKey(), field.getValue()));
      }
    }
    if (spec.path("healthCheckNodePort").asInt(0) != 0 && !ServiceNeeds.healthCheckNodePort(spec)) {
      errors.add(
          FieldError.invalid(
              "spec.healthCheckNodePort",
              spec.path("healthCheckNodePort"),
              "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"));
    }
  }

  private static void sourceRanges(JsonNode spec, List<FieldError> errors) {
    if (spec.path("loadBalancerSourceRanges").isEmpty()) {
      return;
    }
    if (!ServiceNeeds.type(spec).equals("LoadBalancer")) {
      errors.add(
          FieldError.forbidden(
              "spec.LoadBalancerSourceRanges", "may only be used when `type` is 'LoadBalancer'"));
    }
    int index = 0;
    for (JsonNode range : spec.path("loadBalancerSourceRanges")) {
      String[] parts = range.asText().strip().split("/", -1);
      boolean good =
          parts.length == 2
              && Ipv4.isAddress(parts[0])
              && parts[1].matches("[0-9]|[12][0-9]|3[0-2]");
      String path = "spec.LoadBalancerSourceRanges[%d]".formatted(index++);
      if (!good) {
        errors.add(
            FieldError.invalid(
                path,
                range.asText(),
                "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"));
      }
    }
  }

  private static void supported(
      JsonNode spec, String field, Set<String> values, List<FieldError> errors) {
    String value = spec.path(field).asText("");
    if (!value.isEmpty() && !values.contains(value)) {
      errors.add(FieldError.notSupported("spec." + field, value, new TreeSet<>(values)));
    }
  }
}
