package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.view.HostPort;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.network.PodAttachment;
import dev.fairlead.kubelet.runtime.PodSandbox;
import dev.fairlead.kubelet.runtime.SandboxSpec;
import dev.fairlead.kubelet.runtime.SandboxSpec.Processes;
import dev.fairlead.kubelet.sandbox.SandboxFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes and removes what the containers of a pod share: network and namespaces.
 *
 * @param attachment the pod's place in the network
 */
record PodSandboxes(PodAttachment attachment, PodSandbox sandbox) {

  /** Makes both; when this throws, nothing is left behind. */
  static PodSandboxes create(PodContext context, Document document, Pod pod) throws IOException {
    PodAttachment attachment =
        pod.hostNetwork()
            ? context.network().host(context.settings().nodeAddress())
            : context.network().attach(pod.key().toString(), HostPort.of(document.spec()));
    try {
      String address = attachment.address();
      Path directory =
          context.runtime().pretends()
              ? SandboxFiles.directory(context.settings(), pod.meta().uid())
              : SandboxFiles.write(pod, address, context.settings());
      SandboxSpec spec =
          new SandboxSpec(
              pod.key(),
              pod.meta().uid(),
              attachment,
              SandboxFiles.kernelName(pod, context.settings()),
              document.spec().path("hostIPC").asBoolean(false),
              processes(document.spec()),
              directory);
      return new PodSandboxes(attachment, context.runtime().createSandbox(spec));
    } catch (IOException | RuntimeException e) {
      attachment.close();
      throw e;
    }
  }

  private static Processes processes(JsonNode spec) {
    if (spec.path("hostPID").asBoolean(false)) {
      return Processes.OF_MACHINE;
    }
    return spec.path("shareProcessNamespace").asBoolean(false)
        ? Processes.OF_POD
        : Processes.OF_CONTAINER;
  }

  /** Kills what is inside and gives the address back. */
  void destroy() {
    sandbox.destroy();
    attachment.close();
  }
}
