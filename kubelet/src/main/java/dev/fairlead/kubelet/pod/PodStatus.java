package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.quota.QosClass;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
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
        JsonNode actual = resizing.actual().get(container.name());
        result.add(ContainerStatusTree.of(container, status, init && !container.sidecar(), actual));
      }
    }
    return result;
  }
}
