package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.quota.QosClass;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import dev.fairlead.client.EventRecorder.Severity;
import dev.fairlead.kubelet.cgroup.Limits;
import dev.fairlead.kubelet.cgroup.OomScore;
import dev.fairlead.kubelet.environment.ApiConfigSource;
import dev.fairlead.kubelet.environment.CommandLine;
import dev.fairlead.kubelet.environment.ConfigException;
import dev.fairlead.kubelet.environment.ContainerEnvironment;
import dev.fairlead.kubelet.environment.PodFacts;
import dev.fairlead.kubelet.environment.ServiceVariables;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.log.LogBounds;
import dev.fairlead.kubelet.root.ContainerMount;
import dev.fairlead.kubelet.root.RootSpec;
import dev.fairlead.kubelet.runtime.ContainerProcess;
import dev.fairlead.kubelet.runtime.ContainerRuntime.Image;
import dev.fairlead.kubelet.runtime.ContainerSpec;
import dev.fairlead.kubelet.runtime.ContainerStartException;
import dev.fairlead.kubelet.runtime.ImageNotFoundException;
import dev.fairlead.kubelet.runtime.PodSandbox;
import dev.fairlead.kubelet.sandbox.SandboxFiles;
import dev.fairlead.kubelet.security.Accounts;
import dev.fairlead.kubelet.security.Identity;
import dev.fairlead.kubelet.security.SecurityContext;
import dev.fairlead.kubelet.volume.VolumeMounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gets a container's image, environment and log together, starts it, and tells it as events. */
final class ContainerStarter {
  private final PodContext context;
  private final VolumeKeeper volumes;

  /** What became of a start. */
  record Started(Image image, ContainerProcess process, ContainerSpec spec) {}

  ContainerStarter(PodContext context, VolumeKeeper volumes) {
    this.context = context;
    this.volumes = volumes;
  }

  /**
   * Starts a container.
   *
   * @param restart which run it is, from 0
   */
  Started start(
      Document document,
      Pod pod,
      Container container,
      PodSandbox sandbox,
      String podIp,
      int restart)
      throws StartFailure {
    String path = fieldPath(pod, container);
    Image image = image(document, container, path);
    try {
      ContainerSpec spec = spec(document, pod, container, image, sandbox, podIp, restart);
      if (spec.command().isEmpty() && !context.runtime().pretends()) {
        throw noCommand(document, path, spec);
      }
      ContainerProcess process = start(document, path, sandbox, spec);
      return new Started(image, process, spec);
    } catch (ConfigException | ApiException e) {
      throw failed(document, path, StartFailure.Kind.CONFIG, "CreateContainerConfigError", e);
    } catch (ContainerStartException | IOException e) {
      throw failed(document, path, StartFailure.Kind.START, "RunContainerError", e);
    }
  }

  private ContainerProcess start(
      Document document, String path, PodSandbox sandbox, ContainerSpec spec)
      throws ContainerStartException, IOException {
    event(document, path, "Created", "Created container: " + spec.name());
    try {
      ContainerProcess process = sandbox.start(spec);
      event(document, path, "Started", "Started container " + spec.name());
      return process;
    } catch (ContainerStartException | IOException | RuntimeException e) {
      spec.log().close();
      throw e;
    }
  }

  private StartFailure noCommand(Document document, String path, ContainerSpec spec) {
    spec.log().close();
    return failed(
        document,
        path,
        StartFailure.Kind.CONFIG,
        "CreateContainerError",
        new ConfigException("failed to generate spec: no command specified"));
  }

  private Image image(Document document, Container container, String path) throws StartFailure {
    if (!ImageReference.isValid(container.image())) {
      throw invalid(document, container, path);
    }
    try {
      Image image = context.runtime().image(container.image());
      event(
          document,
          path,
          "Pulled",
          "Container image \"%s\" already present on machine".formatted(container.image()));
      return image;
    } catch (ImageNotFoundException e) {
      throw missing(document, container, path, String.valueOf(e.getMessage()));
    }
  }

  private StartFailure missing(Document document, Container container, String path, String why) {
    String image = container.image();
    if (container.imagePullPolicy().equals("Never")) {
      String message =
          "Container image \"%s\" is not present with pull policy of Never".formatted(image);
      warn(document, path, "ErrImageNeverPull", message);
      warn(document, path, "Failed", "Error: ErrImageNeverPull");
      return new StartFailure(StartFailure.Kind.CONFIG, "ErrImageNeverPull", message);
    }
    warn(document, path, "Failed", "Failed to pull image \"%s\": %s".formatted(image, why));
    warn(document, path, "Failed", "Error: ErrImagePull");
    return new StartFailure(StartFailure.Kind.IMAGE, "ErrImagePull", why);
  }

  private StartFailure invalid(Document document, Container container, String path) {
    String image = container.image();
    String message =
        "Failed to apply default image tag \"%s\": couldn't parse image name \"%s\": invalid reference format"
            .formatted(image, image);
    warn(document, path, "InspectFailed", message);
    warn(document, path, "Failed", "Error: InvalidImageName");
    return new StartFailure(StartFailure.Kind.CONFIG, "InvalidImageName", message);
  }

  private void warn(Document document, String path, String reason, String message) {
    context.events().record(document, path, Severity.WARNING, reason, message);
  }

  private ContainerSpec spec(
      Document document,
      Pod pod,
      Container container,
      Image image,
      PodSandbox sandbox,
      String podIp,
      int restart)
      throws ConfigException, IOException {
    String namespace = pod.meta().namespace();
    Map<String, String> services =
        ServiceVariables.of(context.services().get(), namespace, pod.enableServiceLinks());
    PodFacts facts =
        new PodFacts(pod, podIp, context.settings().nodeAddress(), context.allocatable());
    Map<String, String> own =
        new ContainerEnvironment(facts, services, new ApiConfigSource(context.api(), namespace))
            .of(container);
    SecurityContext security = SecurityContext.of(document, container.name());
    String who = "%s_%s(%s)".formatted(pod.meta().name(), namespace, pod.meta().uid());
    Identity identity = security.identity(Accounts::groupOf, who, container.name());
    RootSpec root =
        context.runtime().pretends()
            ? RootSpec.MACHINE
            : new RootSpec(
                mounts(
                    new VolumeMounts(volumes.volumes(document, pod), sandbox).of(container, own),
                    lastWords(pod, container, restart)),
                security.readOnlyRoot());
    String hostname = SandboxFiles.kernelName(pod, context.settings());
    Path file = logFile(context, pod.meta().uid(), container.name(), restart);
    ContainerLog log =
        context.runtime().pretends()
            ? ContainerLog.ended(file, context.clock(), LogBounds.DEFAULT)
            : ContainerLog.create(file, context.clock(), LogBounds.DEFAULT);
    return new ContainerSpec(
        container.name(),
        CommandLine.of(container, image.config(), own),
        CommandLine.environment(image.config(), own, hostname),
        CommandLine.workingDir(container, image.config()),
        container.console(),
        root,
        identity,
        target(document, container.name()),
        limits(document, container),
        OomScore.of(QosClass.of(document.spec()), container.resources(), memory()),
        log);
  }

  private static String target(Document document, String container) {
    for (JsonNode each : document.spec().path("ephemeralContainers")) {
      if (each.path("name").asText("").equals(container)) {
        return each.path("targetContainerName").asText("");
      }
    }
    return "";
  }

  /** A pod of the lowest class never gets any. */
  static Limits limits(Document pod, Container container) {
    Limits limits = Limits.of(container.resources());
    return QosClass.of(pod.spec()).equals(QosClass.BEST_EFFORT) ? limits : limits.confining();
  }

  private long memory() {
    return context.allocatable().getOrDefault("memory", Quantity.ZERO).value();
  }

  /** The file for the termination message comes last, over a volume of the same place. */
  private static List<ContainerMount> mounts(List<ContainerMount> volumes, LastWords lastWords)
      throws IOException {
    List<ContainerMount> all = new ArrayList<>(volumes);
    all.add(lastWords.mount());
    return all;
  }

  /** Where a run of a container leaves its termination message. */
  LastWords lastWords(Pod pod, Container container, int restart) {
    Path file =
        SandboxFiles.directory(context.settings(), pod.meta().uid())
            .resolve("containers")
            .resolve(container.name())
            .resolve(Integer.toString(restart));
    return new LastWords(file, container.terminationMessage());
  }

  static Path logFile(PodContext context, String uid, String container, int restart) {
    return SandboxFiles.directory(context.settings(), uid)
        .resolve("logs")
        .resolve(container)
        .resolve(restart + ".log");
  }

  /** How events name a container. */
  static String fieldPath(Pod pod, Container container) {
    return "spec.%s{%s}".formatted(field(pod, container.name()), container.name());
  }

  private static String field(Pod pod, String name) {
    if (pod.initContainers().stream().anyMatch(each -> each.name().equals(name))) {
      return "initContainers";
    }
    boolean ephemeral =
        pod.ephemeralContainers().stream().anyMatch(each -> each.name().equals(name));
    return ephemeral ? "ephemeralContainers" : "containers";
  }

  private StartFailure failed(
      Document document, String path, StartFailure.Kind kind, String reason, Exception why) {
    String message = String.valueOf(why.getMessage());
    warn(document, path, "Failed", "Error: " + message);
    return new StartFailure(kind, reason, message);
  }

  private void event(Document document, String path, String reason, String message) {
    context.events().record(document, path, Severity.NORMAL, reason, message);
  }
}
