package dev.fairlead.kubelet.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.kubelet.KubeletSettings;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Computes the Node object of this machine (API: {@code core/v1 Node}). */
final class NodeObject {
  private static final String VERSION = "v1.33.0-fairlead";

  private final KubeletSettings settings;
  private final NodeFacts facts;
  private final String runtime;

  NodeObject(KubeletSettings settings, NodeFacts facts, String runtime) {
    this.settings = settings;
    this.facts = facts;
    this.runtime = runtime;
  }

  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(settings.labels());
    labels.put("kubernetes.io/hostname", settings.nodeName());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", facts.architecture());
    labels.put("beta.kubernetes.io/os", "linux");
    labels.put("beta.kubernetes.io/arch", facts.architecture());
    return labels;
  }

  /** The object to create. */
  Document fresh(Instant now) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "v1").put("kind", "Node");
    ObjectNode meta = tree.putObject("metadata");
    meta.put("name", settings.nodeName());
    labels().forEach(meta.putObject("labels")::put);
    tree.putObject("spec");
    tree.set("status", status(Json.object(), false, now));
    return Document.of(tree);
  }

  /** Whether the object has all of our labels. */
  boolean labels(Document node) {
    return node.meta().labels().entrySet().containsAll(labels().entrySet());
  }

  /** The object with our labels in it. */
  Document labelled(Document node) {
    return node.with(tree -> {
      ObjectNode into = tree.withObjectProperty("metadata").withObjectProperty("labels");
      labels().forEach(into::put);
    });
  }

  /**
   * The status to write.
   *
   * @param before the status that stands; what others wrote into it is kept
   * @param networkReady whether the node has a pod range
   */
  ObjectNode status(JsonNode before, boolean networkReady, Instant now) {
    ObjectNode status = before instanceof ObjectNode object ? object.deepCopy() : Json.object();
    resources(status.putObject("capacity"));
    resources(status.putObject("allocatable"));
    ArrayNode addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", settings.nodeAddress());
    addresses.addObject().put("type", "Hostname").put("address", settings.nodeName());
    status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", settings.port());
    info(status.putObject("nodeInfo"));
    status.set("conditions", conditions(before.path("conditions"), networkReady, now));
    return status;
  }

  private void resources(ObjectNode into) {
    into.put("cpu", Integer.toString(facts.cpus()));
    into.put("ephemeral-storage", facts.storageKib() + "Ki");
    into.put("memory", facts.memoryKib() + "Ki");
    into.put("pods", Integer.toString(settings.podsMax()));
  }

  private void info(ObjectNode into) {
    into.put("architecture", facts.architecture());
    into.put("bootID", facts.bootId());
    into.put("containerRuntimeVersion", runtime + "://" + VERSION.substring(1));
    into.put("kernelVersion", facts.kernelVersion());
    into.put("kubeProxyVersion", VERSION);
    into.put("kubeletVersion", VERSION);
    into.put("machineID", facts.machineId());
    into.put("operatingSystem", "linux");
    into.put("osImage", facts.osImage());
    into.put("systemUUID", facts.machineId());
  }

  private ArrayNode conditions(JsonNode before, boolean networkReady, Instant now) {
    NodeConditions conditions = new NodeConditions(before, now);
    conditions.set(
        "MemoryPressure",
        false,
        "KubeletHasSufficientMemory",
        "kubelet has sufficient memory available");
    conditions.set(
        "DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure");
    conditions.set(
        "PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available");
    if (networkReady) {
      conditions.set("Ready", true, "KubeletReady", "kubelet is posting ready status");
    } else {
      conditions.set(
          "Ready",
          false,
          "KubeletNotReady",
          "container runtime network not ready: the node has no pod CIDR yet");
    }
    return conditions.all();
  }
}
