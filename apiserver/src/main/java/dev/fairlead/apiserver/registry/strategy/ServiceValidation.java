package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Service must look like, in the order of upstream's {@code ValidateService} ({@code
 * pkg/apis/core/validation}).
 */
final class ServiceValidation {
  private static final List<String> TYPES = Enumeration.valuesOf("ServiceType");
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final String MODE = "service.kubernetes.io/topology-mode";

  private ServiceValidation() {}

  static List<FieldError> validate(Document service) {
    JsonNode spec = service.spec();
    List<FieldError> errors = new ArrayList<>();
    topology(service, errors);
    if (spec.path("ports").isEmpty()
        && !ServiceNeeds.headless(spec)
        && !ServiceNeeds.type(spec).equals("ExternalName")) {
      errors.add(FieldError.required("spec.ports", ""));
    }
    type(spec, errors);
    ServicePorts.each(spec, errors);
    errors.addAll(MetaValidation.labels(spec.path("selector"), "spec.selector"));
    ServicePolicies.affinity(spec, errors);
    ServiceAddresses.validate(spec, errors);
    ServiceAddresses.external(spec, errors);
    supported(spec, "type", TYPES, errors);
    ServicePorts.together(spec, errors);
    ServiceLoadBalancer.validate(service, errors);
    ServicePolicies.external(spec, errors);
    ServicePolicies.internal(spec, errors);
    return errors;
  }

  /** What an update must not change. */
  static List<FieldError> update(JsonNode spec, JsonNode old) {
    List<FieldError> errors = new ArrayList<>();
    ServiceAddresses.unchanged(spec, old, errors);
    ServiceLoadBalancer.unchanged(spec, old, errors);
    ServicePolicies.unchanged(spec, old, errors);
    return errors;
  }

  /** A field that, when given, has one of these values; they are sorted. */
  static void supported(JsonNode spec, String field, List<String> values, List<FieldError> errors) {
    String value = spec.path(field).asText("");
    if (!value.isEmpty() && !values.contains(value)) {
      errors.add(FieldError.notSupported("spec." + field, value, values));
    }
  }

  private static void topology(Document service, List<FieldError> errors) {
    String hints = service.meta().annotations().get(HINTS);
    String mode = service.meta().annotations().get(MODE);
    if (hints != null && mode != null && !hints.equals(mode)) {
      errors.add(
          FieldError.invalid(
              "metadata.annotations[%s]".formatted(MODE),
              mode,
              "must match annotations[%s] when both are specified".formatted(HINTS)));
    }
  }

  private static void type(JsonNode spec, List<FieldError> errors) {
    String type = ServiceNeeds.type(spec);
    if (ServiceNeeds.headless(spec) && ServiceNeeds.mayHaveNodePorts(spec)) {
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
        .forEach(why -> errors.add(FieldError.invalid("spec.externalName", bare, why)));
  }
}
