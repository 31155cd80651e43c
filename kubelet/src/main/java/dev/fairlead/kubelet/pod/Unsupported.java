package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.kubelet.security.SecurityContext;
import dev.fairlead.kubelet.volume.VolumeReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Names the fields of a pod that this kubelet cannot honour. */
final class Unsupported {
  private Unsupported() {}

  /**
   * Why a pod cannot start.
   *
   * @param reason of the event
   */
  record Refusal(String reason, String message) {}

  /** The first thing that stands in the way; null when nothing does. */
  static @Nullable Refusal find(Document pod) {
    JsonNode volumes = pod.spec().path("volumes");
    VolumeReader.Refused volume = VolumeReader.refused(volumes);
    if (volume != null) {
      return new Refusal(
          "FailedMount",
          "MountVolume.SetUp failed for volume \"%s\" : %s is not supported by this kubelet"
              .formatted(volume.volume(), volume.field()));
    }
    String security =
        SecurityContext.refused(pod.spec().path("securityContext"), "spec.securityContext");
    if (security != null) {
      return refusal(security);
    }
    if (!pod.spec().path("hostUsers").asBoolean(true)) {
      return refusal("spec.hostUsers");
    }
    Refusal init = containers(pod.spec().path("initContainers"), "initContainers");
    return init == null ? containers(pod.spec().path("containers"), "containers") : init;
  }

  private static @Nullable Refusal containers(JsonNode containers, String field) {
    for (int i = 0; i < containers.size(); i++) {
      String path = "spec.%s[%d]".formatted(field, i);
      JsonNode ports = containers.get(i).path("ports");
      for (int port = 0; port < ports.size(); port++) {
        if (!isIpv4(ports.get(port).path("hostIP").asText(""))) {
          return refusal("%s.ports[%d].hostIP".formatted(path, port));
        }
      }
      JsonNode mounts = containers.get(i).path("volumeMounts");
      for (int mount = 0; mount < mounts.size(); mount++) {
        if (mounts.get(mount).path("mountPropagation").asText("").equals("Bidirectional")) {
          return refusal(
              "%s.volumeMounts[%d].mountPropagation Bidirectional".formatted(path, mount));
        }
      }
      String security =
          SecurityContext.refused(
              containers.get(i).path("securityContext"), path + ".securityContext");
      if (security != null) {
        return refusal(security);
      }
      if (!containers.get(i).path("volumeDevices").isEmpty()) {
        return refusal(path + ".volumeDevices");
      }
    }
    return null;
  }

  /** The node's network is IPv4. */
  private static boolean isIpv4(String address) {
    try {
      return address.isEmpty() || InetAddress.ofLiteral(address) instanceof Inet4Address;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Refusal refusal(String path) {
    return new Refusal(
        "FailedCreatePodSandBox",
        "Failed to create pod sandbox: " + path + " is not supported by this kubelet");
  }
}
