package dev.fairlead.controllers.daemonset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.view.DaemonSet;
import dev.fairlead.controllers.PodControl;
import dev.fairlead.controllers.Pods;
import java.util.ArrayList;
import java.util.List;

/** The pod of a DaemonSet on one node. Pure (upstream: {@code daemon/util}). */
final class DaemonPod {
  static final String REVISION = "controller-revision-hash";
  private static final String GENERATION = "pod-template-generation";
  private static final String NODE_NAME = "metadata.name";

  private DaemonPod() {}

  /** A new pod that only this node may take. */
  static Document of(Document set, DaemonSet view, String node, String hash) {
    ObjectNode pod = PodControl.pod(set, view.template()).tree().deepCopy();
    ObjectNode labels = pod.withObject("/metadata/labels");
    if (!view.templateGeneration().isEmpty()) {
      labels.put(GENERATION, view.templateGeneration());
    }
    labels.put(REVISION, hash);
    ObjectNode spec = pod.withObject("/spec");
    spec.set("tolerations", tolerations(spec));
    pin(spec.withObject("/affinity/nodeAffinity"), node);
    return Document.of(pod);
  }

  /**
   * The tolerations of a pod that stays through its node's troubles, its own first.
   *
   * @param spec of the template's pod
   */
  static ArrayNode tolerations(JsonNode spec) {
    List<ObjectNode> added = new ArrayList<>();
    added.add(toleration("not-ready", "NoExecute"));
    added.add(toleration("unreachable", "NoExecute"));
    added.add(toleration("disk-pressure", "NoSchedule"));
    added.add(toleration("memory-pressure", "NoSchedule"));
    added.add(toleration("pid-pressure", "NoSchedule"));
    added.add(toleration("unschedulable", "NoSchedule"));
    if (spec.path("hostNetwork").asBoolean(false)) {
      added.add(toleration("network-unavailable", "NoSchedule"));
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (JsonNode own : spec.path("tolerations")) {
      all.add(own.deepCopy());
    }
    added.stream().filter(each -> !contains(all, each)).forEach(all::add);
    return all;
  }

  private static boolean contains(ArrayNode tolerations, JsonNode wanted) {
    for (JsonNode each : tolerations) {
      if (each.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode toleration(String trouble, String effect) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("key", "node.kubernetes.io/" + trouble)
        .put("operator", "Exists")
        .put("effect", effect);
  }

  /** Which nodes are meant was decided already; the scheduler only has to find this one. */
  private static void pin(ObjectNode nodeAffinity, String node) {
    ObjectNode term = JsonNodeFactory.instance.objectNode();
    ObjectNode field = term.putArray("matchFields").addObject();
    field.put("key", NODE_NAME).put("operator", "In").putArray("values").add(node);
    nodeAffinity
        .putObject("requiredDuringSchedulingIgnoredDuringExecution")
        .putArray("nodeSelectorTerms")
        .add(term);
  }

  /** The node that a pod is on or may go to; empty when it does not say. */
  static String node(Document pod) {
    String bound = Pods.nodeName(pod);
    if (!bound.isEmpty()) {
      return bound;
    }
    JsonNode terms =
        pod.spec()
            .at(
                "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms");
    for (JsonNode term : terms) {
      for (JsonNode field : term.path("matchFields")) {
        boolean name =
            field.path("key").asText().equals(NODE_NAME)
                && field.path("operator").asText().equals("In");
        if (name && field.path("values").size() == 1) {
          return field.path("values").path(0).asText();
        }
      }
    }
    return "";
  }

  /**
   * Whether a pod is of the present template.
   *
   * @param hash of the present revision
   */
  static boolean updated(Document pod, String hash) {
    return hash.equals(pod.meta().labels().get(REVISION));
  }
}
