package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.rules.Ports;
import java.util.List;

/** Where a Service's traffic may go: affinity, policies, distribution. */
final class ServicePolicies {
  private static final int AFFINITY_SECONDS_MAX = 86_400;
  private static final List<String> AFFINITIES = Enumeration.valuesOf("ServiceAffinity");
  private static final List<String> EXTERNAL = Enumeration.valuesOf("ServiceExternalTrafficPolicy");
  private static final List<String> INTERNAL = Enumeration.valuesOf("ServiceInternalTrafficPolicy");
  private static final String HEALTH = "spec.healthCheckNodePort";

  private ServicePolicies() {}

  static void affinity(JsonNode spec, List<FieldError> errors) {
    ServiceValidation.supported(spec, "sessionAffinity", AFFINITIES, errors);
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

  static void external(JsonNode spec, List<FieldError> errors) {
    String policy = spec.path("externalTrafficPolicy").asText("");
    if (!ServiceNeeds.externallyAccessible(spec)) {
      if (!policy.isEmpty()) {
        errors.add(
            FieldError.invalid(
                "spec.externalTrafficPolicy",
                policy,
                "may only be set for externally-accessible services"));
      }
    } else {
      ServiceValidation.supported(spec, "externalTrafficPolicy", EXTERNAL, errors);
    }
    JsonNode health = spec.path("healthCheckNodePort");
    if (health.asInt(0) == 0) {
      return; // the allocator gives one where one is needed
    }
    if (!ServiceNeeds.healthCheckNodePort(spec)) {
      errors.add(
          FieldError.invalid(
              HEALTH,
              health,
              "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"));
    } else {
      Ports.number(health, HEALTH, errors);
    }
  }

  static void internal(JsonNode spec, List<FieldError> errors) {
    ServiceValidation.supported(spec, "internalTrafficPolicy", INTERNAL, errors);
    ServiceValidation.supported(spec, "trafficDistribution", List.of("PreferClose"), errors);
  }

  /** What an update must not change. */
  static void unchanged(JsonNode spec, JsonNode old, List<FieldError> errors) {
    boolean both = ServiceNeeds.healthCheckNodePort(spec) && ServiceNeeds.healthCheckNodePort(old);
    int now = spec.path("healthCheckNodePort").asInt(0);
    if (both && now != old.path("healthCheckNodePort").asInt(0)) {
      errors.add(FieldError.forbidden(HEALTH, "field is immutable"));
    }
  }
}
