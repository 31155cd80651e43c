package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.FieldPattern;
import dev.fairlead.apiserver.registry.rules.GatedFields;
import dev.fairlead.apiserver.registry.rules.IpWarnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** EndpointSlices. Their generation counts every change that is not one of metadata. */
final class EndpointSliceStrategy implements Strategy {
  private static final List<GatedFields> GATES =
      List.of(GatedFields.of("PreferSameTrafficDistribution", "endpoints[*].hints.forNodes"));
  private static final FieldPattern OLD_TOPOLOGY =
      FieldPattern.of("endpoints[*].deprecatedTopology");

  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final Set<String> OURS =
      Set.of("endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io");

  @Override
  public ResourceType type() {
    return Kinds.ENDPOINT_SLICE;
  }

  @Override
  public void defaults(ObjectNode slice) {
    for (JsonNode port : slice.path("ports")) {
      if (port instanceof ObjectNode each) {
        Defaults.put(each, "name", "");
        Defaults.put(each, "protocol", "TCP");
      }
    }
    if (!slice.has("endpoints")) {
      slice.putArray("endpoints");
    }
  }

  /** Of v1beta1 is what v1 only reads. */
  @Override
  public void dropDisabled(ObjectNode slice, @Nullable Document old) {
    GatedFields.drop(GATES, slice, old);
    if (old == null || !Trees.same(slice.path("endpoints"), old.tree().path("endpoints"))) {
      OLD_TOPOLOGY.removeFrom(slice);
    }
  }

  @Override
  public List<FieldError> validateCreate(Document slice) {
    return EndpointSliceValidation.validate(slice.tree());
  }

  @Override
  public List<FieldError> validateUpdate(Document slice, Document old) {
    List<FieldError> errors = new ArrayList<>(validateCreate(slice));
    String type = slice.tree().path("addressType").asText("");
    if (!type.equals(old.tree().path("addressType").asText(""))) {
      errors.add(FieldError.invalid("addressType", type, "field is immutable"));
    }
    return errors;
  }

  /** Those of our own controllers have nothing to warn of. */
  @Override
  public List<String> warnings(Document slice, @Nullable Document old) {
    List<String> warnings = new ArrayList<>();
    if (old == null && Trees.text(slice.tree(), "addressType").equals("FQDN")) {
      warnings.add("spec.addressType: FQDN endpoints are deprecated");
    }
    JsonNode endpoints = slice.tree().path("endpoints");
    boolean ours = OURS.contains(slice.meta().labels().getOrDefault(MANAGED_BY, ""));
    for (int i = 0; !ours && i < endpoints.size(); i++) {
      FieldPath path = FieldPath.of("endpoints").index(i).child("addresses");
      IpWarnings.addresses(endpoints.get(i).path("addresses"), path, warnings);
    }
    return warnings;
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public boolean changesGeneration(ObjectNode next, Document old) {
    return !Trees.same(next.path("endpoints"), old.tree().path("endpoints"))
        || !Trees.same(next.path("ports"), old.tree().path("ports"));
  }
}
