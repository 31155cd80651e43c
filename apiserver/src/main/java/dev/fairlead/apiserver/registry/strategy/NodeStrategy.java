package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.GatedFields;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import dev.fairlead.apiserver.registry.rules.IpWarnings;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes. A new node may bring its status with it, as upstream. */
final class NodeStrategy implements Strategy {
  private static final List<GatedFields> GATES =
      List.of(
          GatedFields.of("DynamicKubeletConfig", "spec.configSource"),
          GatedFields.of("DynamicKubeletConfig", "status.config"));

  private static final String RANGES = "spec.podCIDRs";

  @Override
  public ResourceType type() {
    return Kinds.NODE;
  }

  /**
   * {@code podCIDR} and {@code podCIDRs[0]} are the same thing, old and new; what is there can be
   * had, unless the node says less.
   */
  @Override
  public void defaults(ObjectNode node) {
    ObjectNode spec = Trees.child(node, "spec");
    String one = spec.path("podCIDR").asText("");
    String first = spec.path("podCIDRs").path(0).asText("");
    if (one.isEmpty() && !first.isEmpty()) {
      spec.put("podCIDR", first);
    } else if (!one.isEmpty() && !one.equals(first)) {
      spec.putArray("podCIDRs").add(one);
    }
    JsonNode capacity = node.path("status").path("capacity");
    if (!capacity.isEmpty() && !node.path("status").has("allocatable")) {
      Trees.child(node, "status").set("allocatable", capacity.deepCopy());
    }
  }

  @Override
  public void dropDisabled(ObjectNode node, @Nullable Document old) {
    GatedFields.drop(GATES, node, old);
  }

  @Override
  public void prepareForCreate(ObjectNode node) {
    Trees.child(node, "status");
  }

  @Override
  public List<FieldError> validateCreate(Document node) {
    List<FieldError> errors = new ArrayList<>();
    Taints.validate(node.spec().path("taints"), "metadata.taints", errors);
    errors.addAll(said(node.status(), false));
    ranges(node.spec().path("podCIDRs"), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document node, Document old) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode before = old.spec().path("podCIDRs");
    if (!before.isEmpty() && !Trees.same(before, node.spec().path("podCIDRs"))) {
      errors.add(
          FieldError.forbidden(
              RANGES, "node updates may not change podCIDR except from \"\" to valid"));
    } else if (before.isEmpty()) {
      ranges(node.spec().path("podCIDRs"), errors);
    }
    String provider = old.spec().path("providerID").asText("");
    if (!provider.isEmpty() && !provider.equals(node.spec().path("providerID").asText(""))) {
      errors.add(
          FieldError.forbidden(
              "spec.providerID",
              "node updates may not change providerID except from \"\" to valid"));
    }
    Taints.validate(node.spec().path("taints"), "metadata.taints", errors);
    return errors;
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document node, Document old) {
    return said(node.status(), true);
  }

  @Override
  public List<String> warnings(Document node, @Nullable Document old) {
    List<String> warnings = new ArrayList<>();
    if (node.spec().has("configSource")) {
      warnings.add("spec.configSource: the feature is removed");
    }
    if (!Trees.text(node.spec(), "externalID").isEmpty()) {
      warnings.add("spec.externalID: this field is deprecated, and is unused by Kubernetes");
    }
    IpWarnings.ranges(node.spec().path("podCIDRs"), FieldPath.of(RANGES), warnings);
    return warnings;
  }

  /** Upstream lets a new node have an address twice. */
  private static List<FieldError> said(JsonNode status, boolean addresses) {
    Problems problems = new Problems();
    NodeResources.amounts(status, problems);
    if (addresses) {
      NodeResources.addresses(status, problems);
    }
    return problems.list();
  }

  private static void ranges(JsonNode ranges, List<FieldError> errors) {
    for (int i = 0; i < ranges.size(); i++) {
      String path = "%s[%d]".formatted(RANGES, i);
      String range = ranges.get(i).asText();
      IpValidation.legacyCidr(range)
          .forEach(why -> errors.add(FieldError.invalid(path, range, why)));
    }
    if (ranges.size() > 1 && !IpValidation.oneOfEachFamily(ranges)) {
      errors.add(
          FieldError.invalid(
              RANGES, ranges, "may specify no more than one CIDR for each IP family"));
    }
  }
}
