package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.registry.rules.Defaults;

/** Defaults of a pod's spec, also within templates (upstream {@code apis/core/v1/defaults.go}). */
public final class PodDefaults {
  private static final int GRACE_SECONDS = 30;

  private PodDefaults() {}

  /** What a template gets. */
  public static void template(ObjectNode spec) {
    Defaults.put(spec, "restartPolicy", "Always");
    Defaults.put(spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
    Defaults.put(spec, "dnsPolicy", "ClusterFirst");
    Defaults.object(spec, "securityContext");
    Defaults.put(spec, "schedulerName", "default-scheduler");
    for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode each) {
          ContainerDefaults.apply(each);
        }
      }
    }
    for (JsonNode volume : spec.path("volumes")) {
      if (volume instanceof ObjectNode each) {
        VolumeDefaults.apply(each);
      }
    }
    serviceAccount(spec);
  }

  /** What a pod gets besides. */
  public static void pod(ObjectNode spec) {
    template(spec);
    boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
    for (String list : new String[] {"initContainers", "containers"}) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode each) {
          ContainerDefaults.ofPod(each, hostNetwork);
        }
      }
    }
    Defaults.put(spec, "enableServiceLinks", true);
  }

  /** The old and the new field are one. */
  private static void serviceAccount(ObjectNode spec) {
    String name = spec.path("serviceAccountName").asText("");
    String old = spec.path("serviceAccount").asText("");
    if (name.isEmpty() && !old.isEmpty()) {
      spec.put("serviceAccountName", old);
    } else if (!name.isEmpty()) {
      spec.put("serviceAccount", name);
    }
  }
}
