package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import java.util.Map;

/** Defaults of one container. */
final class ContainerDefaults {
  private ContainerDefaults() {}

  /** What it gets in pods and templates. */
  static void apply(ObjectNode container) {
    Defaults.put(container, "imagePullPolicy", pullPolicy(container.path("image").asText("")));
    Defaults.put(container, "terminationMessagePath", "/dev/termination-log");
    Defaults.put(container, "terminationMessagePolicy", "File");
    ObjectNode _ = Trees.child(container, "resources");
    for (JsonNode port : container.path("ports")) {
      if (port instanceof ObjectNode each) {
        Defaults.put(each, "protocol", "TCP");
      }
    }
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      if (container.get(probe) instanceof ObjectNode each) {
        probe(each);
      }
    }
    for (JsonNode hook : container.path("lifecycle")) {
      handler(hook);
    }
    for (JsonNode variable : container.path("env")) {
      DownwardDefaults.apply(variable.path("valueFrom"));
    }
  }

  /** What only a pod's container gets: requests as its limits, ports of the host. */
  static void ofPod(ObjectNode container, boolean hostNetwork) {
    ObjectNode resources = Trees.child(container, "resources");
    for (Map.Entry<String, JsonNode> limit : resources.path("limits").properties()) {
      ObjectNode requests = Trees.child(resources, "requests");
      if (!requests.has(limit.getKey())) {
        requests.set(limit.getKey(), limit.getValue());
      }
    }
    for (JsonNode port : container.path("ports")) {
      if (hostNetwork
          && port.path("hostPort").asInt(0) == 0
          && port.has("containerPort")
          && port instanceof ObjectNode each) {
        each.set("hostPort", port.get("containerPort"));
      }
    }
  }

  /** {@code latest}, or no tag at all, is pulled always. */
  static String pullPolicy(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    boolean digest = last.contains("@");
    int colon = last.indexOf(':');
    boolean latest = !digest && (colon < 0 || last.substring(colon + 1).equals("latest"));
    return latest ? "Always" : "IfNotPresent";
  }

  private static void probe(ObjectNode probe) {
    Defaults.putPositive(probe, "timeoutSeconds", 1);
    Defaults.putPositive(probe, "periodSeconds", 10);
    Defaults.putPositive(probe, "successThreshold", 1);
    Defaults.putPositive(probe, "failureThreshold", 3);
    handler(probe);
    if (probe.get("grpc") instanceof ObjectNode grpc) {
      Defaults.put(grpc, "service", "");
    }
  }

  private static void handler(JsonNode handler) {
    if (handler.get("httpGet") instanceof ObjectNode get) {
      Defaults.put(get, "path", "/");
      Defaults.put(get, "scheme", "HTTP");
    }
  }
}
