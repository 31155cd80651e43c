package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.view.ServiceCidr;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ServiceCIDRs: where cluster IPs come from (upstream {@code ValidateServiceCIDR}). A new one gets
 * its finalizer at once, so that there is no moment at which it could go while addresses of it are
 * in use.
 */
final class ServiceCidrStrategy implements Strategy {
  private static final String CIDRS = "spec.cidrs";

  @Override
  public ResourceType type() {
    return Kinds.SERVICE_CIDR;
  }

  @Override
  public void prepareForCreate(ObjectNode object) {
    object.putObject("status");
    ArrayNode finalizers = Trees.child(object, "metadata").withArray("finalizers");
    for (JsonNode each : finalizers) {
      if (each.asText().equals(ServiceCidr.FINALIZER)) {
        return;
      }
    }
    finalizers.add(ServiceCidr.FINALIZER);
  }

  @Override
  public List<FieldError> validateCreate(Document object) {
    JsonNode cidrs = object.spec().path("cidrs");
    if (cidrs.isEmpty()) {
      return List.of(FieldError.required(CIDRS, "at least one CIDR required"));
    }
    if (cidrs.size() > 2) {
      return List.of(FieldError.invalid(CIDRS, object.spec(), "may only hold up to 2 values"));
    }
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < cidrs.size(); i++) {
      cidr(cidrs.get(i).asText(), "%s[%d]".formatted(CIDRS, i), errors);
    }
    if (cidrs.size() == 2 && sameFamily(cidrs)) {
      errors.add(
          FieldError.invalid(
              CIDRS,
              cidrs,
              "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64"));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document object, Document old) {
    JsonNode after = object.spec().path("cidrs");
    JsonNode before = old.spec().path("cidrs");
    if (after.size() != before.size()) {
      return List.of(FieldError.invalid(CIDRS, after, "field is immutable"));
    }
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      if (!after.get(i).equals(before.get(i))) {
        errors.add(
            FieldError.invalid(
                "%s[%d]".formatted(CIDRS, i), after.get(i).asText(), "field is immutable"));
      }
    }
    return errors;
  }

  /** The cluster has one family: a range of the other would never be used. */
  private static void cidr(String text, String path, List<FieldError> errors) {
    IpValidation.cidr(text).forEach(why -> errors.add(FieldError.invalid(path, text, why)));
    Optional<Cidr> cidr = Cidr.parse(text);
    if (cidr.isPresent() && cidr.get().family() == Ip.Family.IPv6) {
      errors.add(FieldError.invalid(path, text, "IPv6 is not configured on this cluster"));
    }
  }

  private static boolean sameFamily(JsonNode cidrs) {
    Optional<Ip.Family> first = Cidr.parse(cidrs.get(0).asText()).map(Cidr::family);
    return first.isPresent() && first.equals(Cidr.parse(cidrs.get(1).asText()).map(Cidr::family));
  }
}
