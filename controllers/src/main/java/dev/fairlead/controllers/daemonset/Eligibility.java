package dev.fairlead.controllers.daemonset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.view.DaemonSet;
import dev.fairlead.controllers.scheduler.NodeAffinity;
import dev.fairlead.controllers.scheduler.Taint;
import java.util.function.Predicate;

/**
 * Whether a DaemonSet's pod belongs on a node. Pure (upstream: {@code NodeShouldRunDaemonPod}).
 *
 * @param run whether a pod that is missing shall come
 * @param stay whether a pod that is there may stay
 */
record Eligibility(boolean run, boolean stay) {
  private static final Eligibility NO = new Eligibility(false, false);

  static Eligibility of(DaemonSet set, Document node) {
    JsonNode pod = set.template().path("spec");
    String only = pod.path("nodeName").asText("");
    if ((!only.isEmpty() && !only.equals(node.name())) || !NodeAffinity.matches(pod, node)) {
      return NO;
    }
    JsonNode tolerations = DaemonPod.tolerations(pod);
    if (tolerated(node, tolerations, Taint::keepsAway)) {
      return new Eligibility(true, true);
    }
    return new Eligibility(false, tolerated(node, tolerations, Taint::drivesOut));
  }

  private static boolean tolerated(Document node, JsonNode tolerations, Predicate<Taint> matters) {
    for (JsonNode each : node.spec().path("taints")) {
      Taint taint = Taint.of(each);
      if (matters.test(taint) && !taint.tolerated(tolerations)) {
        return false;
      }
    }
    return true;
  }
}
