package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import java.util.ArrayList;
import java.util.List;

/** IPAddresses: who holds which cluster IP (upstream {@code ValidateIPAddress}). */
final class IpAddressStrategy implements Strategy {
  private static final String PARENT = "spec.parentRef";

  @Override
  public ResourceType type() {
    return Kinds.IP_ADDRESS;
  }

  @Override
  public Names.Rule nameRule() {
    return IpValidation::ip;
  }

  @Override
  public List<FieldError> validateCreate(Document address) {
    JsonNode parent = address.spec().path("parentRef");
    if (parent.isMissingNode()) {
      return List.of(FieldError.required(PARENT, ""));
    }
    List<FieldError> errors = new ArrayList<>();
    String group = parent.path("group").asText("");
    if (!group.isEmpty()) {
      Names.dnsSubdomain(group)
          .forEach(why -> errors.add(FieldError.invalid(PARENT + ".group", group, why)));
    }
    References.pathSegment(parent, "resource", PARENT, errors);
    References.pathSegment(parent, "name", PARENT, errors);
    String namespace = parent.path("namespace").asText("");
    Names.pathSegment(namespace)
        .forEach(why -> errors.add(FieldError.invalid(PARENT + ".namespace", namespace, why)));
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document address, Document old) {
    JsonNode parent = address.spec().path("parentRef");
    return Trees.same(parent, old.spec().path("parentRef"))
        ? List.of()
        : List.of(FieldError.invalid(PARENT, parent, "field is immutable"));
  }
}
