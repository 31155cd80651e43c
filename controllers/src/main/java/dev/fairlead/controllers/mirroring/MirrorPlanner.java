package dev.fairlead.controllers.mirroring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.controllers.CanonicalJson;
import dev.fairlead.controllers.ManagedSlices;
import dev.fairlead.controllers.SlicePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans as few writes as possible for one Endpoints object. Pure. A slice with the right ports is
 * kept; one that would be created takes the place of one that would be deleted.
 */
final class MirrorPlanner {
  static final ManagedSlices SLICES = new ManagedSlices("endpointslicemirroring-controller.k8s.io");

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

  private final Document endpoints;
  private final Map<String, String> labels;
  private final Map<String, String> annotations;

  private MirrorPlanner(Document endpoints) {
    this.endpoints = endpoints;
    labels = new LinkedHashMap<>(endpoints.meta().labels());
    labels.put(EndpointSlice.SERVICE_NAME_LABEL, endpoints.name());
    labels.put(ManagedSlices.MANAGED_BY_LABEL, SLICES.manager());
    annotations = new LinkedHashMap<>(endpoints.meta().annotations());
    annotations.remove(LAST_APPLIED);
    annotations.remove(TRIGGER_TIME);
  }

  /**
   * Plans.
   *
   * @param existing the slices mirrored from Endpoints of this name so far
   */
  static SlicePlan plan(Document endpoints, List<MirrorGroup> wanted, List<Document> existing) {
    return new MirrorPlanner(endpoints).plan(wanted, existing);
  }

  private SlicePlan plan(List<MirrorGroup> wanted, List<Document> existing) {
    List<Document> left = new ArrayList<>(existing);
    left.sort(Comparator.comparing(Document::name));
    List<Document> update = new ArrayList<>();
    List<MirrorGroup> homeless = new ArrayList<>();
    for (MirrorGroup group : wanted) {
      Document slice = take(left, group, true);
      if (slice == null) {
        homeless.add(group);
      } else {
        refresh(slice, group, update);
      }
    }
    List<Document> create = new ArrayList<>();
    for (MirrorGroup group : homeless) {
      Document slice = take(left, group, false);
      if (slice == null) {
        create.add(create(group));
      } else {
        refresh(slice, group, update);
      }
    }
    return new SlicePlan(create, update, left);
  }

  private static @Nullable Document take(
      List<Document> from, MirrorGroup group, boolean samePorts) {
    for (Document slice : from) {
      String type = slice.tree().path("addressType").asText("");
      boolean ports = CanonicalJson.same(slice.tree().path("ports"), group.ports());
      if (type.equals(group.addressType()) && (ports || !samePorts)) {
        from.remove(slice);
        return slice;
      }
    }
    return null;
  }

  private void refresh(Document slice, MirrorGroup group, List<Document> update) {
    boolean same =
        CanonicalJson.same(slice.tree().path("ports"), group.ports())
            && CanonicalJson.same(slice.tree().path("endpoints"), group.endpoints())
            && slice.meta().labels().equals(labels)
            && slice.meta().annotations().equals(annotations)
            && slice.meta().ownerReferences().contains(OwnerReference.controllerOf(endpoints));
    if (!same) {
      update.add(slice.with(tree -> fill(tree, group)));
    }
  }

  private Document create(MirrorGroup group) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("apiVersion", Kinds.ENDPOINT_SLICE.apiVersion());
    tree.put("kind", Kinds.ENDPOINT_SLICE.kind());
    tree.putObject("metadata")
        .put("generateName", endpoints.name() + "-")
        .put("namespace", endpoints.namespace());
    fill(tree, group);
    return Document.of(tree);
  }

  private void fill(ObjectNode tree, MirrorGroup group) {
    ObjectNode meta = tree.withObject("/metadata");
    put(meta, "labels", labels);
    put(meta, "annotations", annotations);
    meta.putArray("ownerReferences").add(OwnerReference.controllerOf(endpoints).toTree());
    tree.put("addressType", group.addressType());
    tree.set("endpoints", group.endpoints());
    tree.set("ports", group.ports());
  }

  private static void put(ObjectNode meta, String field, Map<String, String> values) {
    if (values.isEmpty()) {
      meta.remove(field);
      return;
    }
    ObjectNode tree = meta.putObject(field);
    values.forEach(tree::put);
  }
}
