package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.quota.QosClass;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import dev.fairlead.kubelet.pod.ContainerState.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelet knows of a pod, and how it is written as {@code status}.
 *
 * @param containers of all containers, by name
 * @param podIp empty while it has none
 * @param sandbox whether the pod's namespaces exist
 * @param terminal no container will be started any more
 * @param failure why the kubelet has ended the pod; null when it has not
 * @param resizing what its containers are held to
 */
record PodStatus(
    Map<String, ContainerStatus> containers,
    String podIp,
    String hostIp,
    Instant startTime,
    boolean sandbox,
    boolean terminal,
    @Nullable PodFailure failure,
    ResizeState resizing) {

  /**
   * The {@code status} to write.
   *
   * @param spec of the pod, as it stands
   * @param before the status that stands in the API; what others wrote into it is kept
   */
  public ObjectNode write(Pod pod, JsonNode spec, JsonNode before, Instant now) {
    ObjectNode status =
        before instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    String last = before.path("phase").asText("");
    boolean ended = last.equals("Succeeded") || last.equals("Failed");
    String phase = ended ? last : phase(pod);
    status.put("phase", phase);
    if (failure != null && phase.equals("Failed")) {
      status.put("reason", failure.reason()).put("message", failure.message());
    }
    JsonNode known = before.path("conditions");
    ArrayNode conditions = new PodConditions(pod, containers, phase, known, now).all(sandbox);
    resizing.write(conditions, known, now);
    status.set("conditions", conditions);
    addresses(status);
    status.put("startTime", Timestamps.seconds(startTime));
    if (failure == null || !failure.rejected()) {
      containers(pod, status);
    }
    if (!status.has("qosClass")) {
      status.put("qosClass", QosClass.of(spec));
    }
    return status;
  }

  private void containers(Pod pod, ObjectNode status) {
    if (!pod.initContainers().isEmpty()) {
      status.set("initContainerStatuses", statuses(pod.initContainers(), true));
    }
    status.set("containerStatuses", statuses(pod.containers(), false));
    if (!pod.ephemeralContainers().isEmpty()) {
      status.set("ephemeralContainerStatuses", statuses(pod.ephemeralContainers(), false));
    }
  }

  /** A pod that the kubelet ends has failed, as soon as nothing runs any more. */
  private String phase(Pod pod) {
    return failure != null && terminal ? "Failed" : PodPhase.of(pod, containers, terminal);
  }

  private void addresses(ObjectNode status) {
    status.put("hostIP", hostIp);
    status.putArray("hostIPs").addObject().put("ip", hostIp);
    if (!podIp.isEmpty()) {
      status.put("podIP", podIp);
      status.putArray("podIPs").addObject().put("ip", podIp);
    }
  }

  private ArrayNode statuses(List<Container> wanted, boolean init) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (Container container : wanted) {
      ContainerStatus status = containers.get(container.name());
      if (status != null) {
        ObjectNode node = write(status, init && !container.sidecar());
        JsonNode resources = resizing.actual().get(container.name());
        if (resources != null && status.running()) {
          node.set("resources", resources.isObject() ? resources : node.objectNode());
        }
        result.add(node);
      }
    }
    return result;
  }

  private static ObjectNode write(ContainerStatus status, boolean init) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (!status.containerId().isEmpty()) {
      node.put("containerID", status.containerId());
    }
    node.put("image", status.image()).put("imageID", status.imageId());
    ObjectNode last = node.putObject("lastState");
    Terminated before = status.last();
    if (before != null) {
      write(before, last);
    }
    Terminated ended = status.ended();
    boolean initDone = init && ended != null && ended.exitCode() == 0;
    node.put("name", status.name()).put("ready", init ? initDone : status.ready());
    node.put("restartCount", status.restartCount()).put("started", status.started());
    write(status.state(), node.putObject("state"));
    return node;
  }

  private static void write(ContainerState state, ObjectNode into) {
    switch (state) {
      case Waiting waiting -> {
        ObjectNode node = into.putObject("waiting");
        if (!waiting.message().isEmpty()) {
          node.put("message", waiting.message());
        }
        node.put("reason", waiting.reason());
      }
      case Running running ->
          into.putObject("running").put("startedAt", Timestamps.seconds(running.startedAt()));
      case Terminated ended -> {
        ObjectNode node = into.putObject("terminated");
        if (!ended.containerId().isEmpty()) {
          node.put("containerID", ended.containerId());
        }
        node.put("exitCode", ended.exitCode());
        node.put("finishedAt", Timestamps.seconds(ended.finishedAt()));
        if (!ended.message().isEmpty()) {
          node.put("message", ended.message());
        }
        node.put("reason", ended.reason());
        node.put("startedAt", Timestamps.seconds(ended.startedAt()));
      }
    }
  }
}
