package dev.fairlead.controllers.endpointslice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.api.view.Service;
import dev.fairlead.controllers.ManagedSlices;
import dev.fairlead.controllers.TriggerTimes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all slices of one Service have in common; makes new ones and new versions of old ones. */
final class SliceTemplate {
  static final ManagedSlices SLICES = new ManagedSlices("endpointslice-controller.k8s.io");

  private static final String HEADLESS_LABEL = "service.kubernetes.io/headless";

  private final Document service;
  private final Map<String, String> labels;
  private final @Nullable Instant triggered;

  /**
   * A template.
   *
   * @param triggered for the annotation {@value TriggerTimes#ANNOTATION}; null for none
   */
  SliceTemplate(Document service, @Nullable Instant triggered) {
    this.service = service;
    this.labels = labels(service);
    this.triggered = triggered;
  }

  private static Map<String, String> labels(Document service) {
    Map<String, String> labels = new LinkedHashMap<>(service.meta().labels());
    labels.remove(HEADLESS_LABEL);
    if (Service.of(service).headless()) {
      labels.put(HEADLESS_LABEL, "");
    }
    labels.put(ManagedSlices.MANAGED_BY_LABEL, SLICES.manager());
    labels.put(EndpointSlice.SERVICE_NAME_LABEL, service.name());
    return labels;
  }

  /** Whether a slice belongs to this very Service, and not to one of the same name before it. */
  boolean owns(Document slice) {
    return slice.meta().ownerReferences().stream()
        .anyMatch(owner -> owner.uid().equals(service.meta().uid()));
  }

  /** Whether a slice carries the labels that it should. */
  boolean labelled(Document slice) {
    return slice.meta().labels().equals(labels);
  }

  /** A slice that does not exist yet; the server names it. */
  Document create(PortGroup shape, List<ObjectNode> endpoints) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("apiVersion", Kinds.ENDPOINT_SLICE.apiVersion());
    tree.put("kind", Kinds.ENDPOINT_SLICE.kind());
    ObjectNode meta = tree.putObject("metadata");
    meta.put("generateName", service.name() + "-").put("namespace", service.namespace());
    fill(tree, shape, endpoints);
    return Document.of(tree);
  }

  /** A new version of a slice, still at its old resource version. */
  Document update(Document slice, PortGroup shape, List<ObjectNode> endpoints) {
    return slice.with(tree -> fill(tree, shape, endpoints));
  }

  private void fill(ObjectNode tree, PortGroup shape, List<ObjectNode> endpoints) {
    ObjectNode meta = tree.withObject("/metadata");
    ObjectNode labelTree = meta.putObject("labels");
    labels.forEach(labelTree::put);
    meta.putArray("ownerReferences").add(OwnerReference.controllerOf(service).toTree());
    annotate(meta);
    tree.put("addressType", shape.addressType());
    ArrayNode list = tree.putArray("endpoints");
    endpoints.forEach(list::add);
    tree.set("ports", shape.ports());
  }

  private void annotate(ObjectNode meta) {
    if (triggered != null) {
      meta.withObject("/annotations").put(TriggerTimes.ANNOTATION, triggered.toString());
    } else if (meta.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(TriggerTimes.ANNOTATION);
    }
  }
}
