package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses and families of a Service (upstream {@code ValidateServiceClusterIPsRelatedFields},
 * and what {@code pkg/registry/core/service/storage/alloc.go} says in a cluster of IPv4 alone).
 */
final class ServiceAddresses {
  private static final String IPS = "spec.clusterIPs";
  private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
  private static final List<String> POLICIES = Enumeration.valuesOf("IPFamilyPolicy");

  private ServiceAddresses() {}

  static void validate(JsonNode spec, List<FieldError> errors) {
    if (ServiceNeeds.type(spec).equals("ExternalName")) {
      return;
    }
    int before = errors.size();
    inStep(spec, errors);
    families(spec.path("ipFamilies"), errors);
    ServiceValidation.supported(spec, "ipFamilyPolicy", POLICIES, errors);
    if (!wellFormed(spec.path("clusterIPs"), errors)) {
      return;
    }
    together(spec, errors);
    if (errors.size() == before) {
      configured(spec, errors);
    }
  }

  /** {@code externalIPs}: any address but those that mean a node itself or all of them. */
  static void external(JsonNode spec, List<FieldError> errors) {
    int index = 0;
    for (JsonNode address : spec.path("externalIPs")) {
      external(address.asText(), "spec.externalIPs[%d]".formatted(index++), errors);
    }
  }

  private static void external(String address, String path, List<FieldError> errors) {
    List<String> malformed = IpValidation.legacyIp(address);
    malformed.forEach(why -> errors.add(FieldError.invalid(path, address, why)));
    if (malformed.isEmpty()) {
      EndpointAddresses.notSpecial(address, path, errors);
    }
  }

  /** What an update must not change. */
  static void unchanged(JsonNode spec, JsonNode old, List<FieldError> errors) {
    boolean both =
        !ServiceNeeds.type(spec).equals("ExternalName")
            && !ServiceNeeds.type(old).equals("ExternalName");
    String before = ServiceNeeds.clusterIpOf(old);
    if (both && !before.isEmpty() && !before.equals(ServiceNeeds.clusterIpOf(spec))) {
      errors.add(
          FieldError.invalid(IPS + "[0]", spec.path("clusterIPs"), "may not change once set"));
    }
    String family = old.path("ipFamilies").path(0).asText("");
    if (both && !family.isEmpty() && !family.equals(spec.path("ipFamilies").path(0).asText(""))) {
      errors.add(
          FieldError.invalid(
              "spec.ipFamilies[0]", spec.path("ipFamilies"), "may not change once set"));
    }
  }

  /** {@code clusterIP} and {@code clusterIPs[0]} are the same thing. */
  private static void inStep(JsonNode spec, List<FieldError> errors) {
    JsonNode list = spec.path("clusterIPs");
    String one = spec.path("clusterIP").asText("");
    if (one.isEmpty()) {
      if (!list.isEmpty()) {
        errors.add(
            FieldError.invalid(IPS, list, "must be empty when `clusterIP` is not specified"));
      }
    } else if (list.isEmpty()) {
      errors.add(FieldError.required(IPS, ""));
    } else if (!list.get(0).asText().equals(one)) {
      errors.add(FieldError.invalid(IPS, list, "first value must match `clusterIP`"));
    }
  }

  private static void families(JsonNode families, List<FieldError> errors) {
    Set<String> seen = new HashSet<>();
    int index = 0;
    for (JsonNode family : families) {
      String path = "spec.ipFamilies[%d]".formatted(index++);
      if (!FAMILIES.contains(family.asText())) {
        errors.add(FieldError.notSupported(path, family.asText(), FAMILIES));
      }
      if (!seen.add(family.asText())) {
        errors.add(FieldError.duplicate(path, family.asText()));
      }
    }
  }

  private static boolean wellFormed(JsonNode list, List<FieldError> errors) {
    int before = errors.size();
    for (int i = 0; i < list.size(); i++) {
      String address = list.get(i).asText();
      String path = "%s[%d]".formatted(IPS, i);
      if (i == 0 && address.equals("None")) {
        if (list.size() > 1) {
          errors.add(FieldError.invalid(IPS, list, "'None' must be the first and only value"));
        }
        continue;
      }
      IpValidation.legacyIp(address)
          .forEach(why -> errors.add(FieldError.invalid(path, address, why)));
    }
    boolean good = errors.size() == before;
    if (list.size() > 2) {
      errors.add(FieldError.invalid(IPS, list, "may only hold up to 2 values"));
    }
    return good;
  }

  /** Two addresses are one of each family, in the order of the families. */
  private static void together(JsonNode spec, List<FieldError> errors) {
    JsonNode list = spec.path("clusterIPs");
    Set<Ip.Family> seen = new HashSet<>();
    list.forEach(each -> Ip.parseLegacy(each.asText()).ifPresent(ip -> seen.add(ip.family())));
    if (list.size() > 1 && seen.size() < 2) {
      errors.add(
          FieldError.invalid(IPS, list, "may specify no more than one IP for each IP family"));
    }
    if (ServiceNeeds.headless(spec)) {
      return;
    }
    for (int i = 0; i < Math.min(list.size(), spec.path("ipFamilies").size()); i++) {
      String wanted = spec.path("ipFamilies").get(i).asText();
      String address = list.get(i).asText();
      Optional<String> family = Ip.parseLegacy(address).map(ip -> ip.family().name());
      if (FAMILIES.contains(wanted) && family.isPresent() && !family.get().equals(wanted)) {
        errors.add(
            FieldError.invalid(
                "%s[%d]".formatted(IPS, i),
                address,
                "expected an %s value as indicated by `ipFamilies[%d]`".formatted(wanted, i)));
      }
    }
  }

  /** What a cluster of one family cannot give; names alone may be of any family. */
  private static void configured(JsonNode spec, List<FieldError> errors) {
    if (ServiceNeeds.headless(spec) && spec.path("selector").isEmpty()) {
      return;
    }
    if (spec.path("ipFamilyPolicy").asText("").equals("RequireDualStack")) {
      errors.add(
          FieldError.invalid(
              "spec.ipFamilyPolicy",
              "RequireDualStack",
              "this cluster is not configured for dual-stack services"));
    }
    int index = 0;
    for (JsonNode family : spec.path("ipFamilies")) {
      String path = "spec.ipFamilies[%d]".formatted(index++);
      if (family.asText().equals("IPv6")) {
        errors.add(FieldError.invalid(path, "IPv6", "not configured on this cluster"));
      }
    }
  }
}
