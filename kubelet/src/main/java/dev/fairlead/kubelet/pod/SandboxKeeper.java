package dev.fairlead.kubelet.pod;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.sandbox.SandboxFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of one pod: made when it may have them, given up when it needs them no more. Used
 * by the pod's worker, except for {@link #pid}.
 */
final class SandboxKeeper {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final PodContext context;
  private final VolumeKeeper volumes;
  private final LivePod live;
  private final Consumer<Runnable> tell;
  private final Consumer<Duration> wake;
  private volatile @Nullable PodSandboxes sandbox;
  private boolean died;
  private boolean refused;

  /**
   * Has nothing yet.
   *
   * @param tell runs something on the worker's thread
   * @param wake makes the worker look again after a while
   */
  SandboxKeeper(
      PodContext context,
      VolumeKeeper volumes,
      LivePod live,
      Consumer<Runnable> tell,
      Consumer<Duration> wake) {
    this.context = context;
    this.volumes = volumes;
    this.live = live;
    this.tell = tell;
    this.wake = wake;
  }

  boolean exists() {
    return sandbox != null;
  }

  /** Whether they exist, but somebody has killed the process that holds them. */
  boolean died() {
    return died;
  }

  /** The namespaces, which exist. */
  PodSandboxes get() {
    PodSandboxes known = sandbox;
    if (known == null) {
      throw new IllegalStateException("no sandbox");
    }
    return known;
  }

  /** The pod's address; empty when it has none. */
  String address() {
    PodSandboxes known = sandbox;
    return known == null ? "" : known.attachment().address();
  }

  /** The process that holds them; 0 when there is none. */
  long pid() {
    PodSandboxes known = sandbox;
    return known == null ? 0 : known.sandbox().pid();
  }

  /** Makes them; false when they cannot be made yet, or ever, which an event then tells. */
  boolean create(Document document, Pod pod) {
    Unsupported.Refusal refusal = Unsupported.find(document);
    if (refusal != null) {
      if (!refused) {
        context.events().warning(document, refusal.reason(), refusal.message());
        refused = true;
      }
      return false;
    }
    try {
      return volumes.collect(document, pod) && make(document, pod);
    } catch (IOException e) {
      context
          .events()
          .warning(
              document,
              "FailedCreatePodSandBox",
              "Failed to create pod sandbox: " + e.getMessage());
      wake.accept(RETRY);
      return false;
    }
  }

  private boolean make(Document document, Pod pod) throws IOException {
    PodSandboxes made = PodSandboxes.create(context, document, pod);
    if (!volumes.mount(document, pod, made.sandbox())) {
      made.destroy();
      return false;
    }
    sandbox = made;
    live.opened(made);
    for (String warning : SandboxFiles.warnings(pod, context.settings())) {
      context.events().warning(document, "DNSConfigForming", warning);
    }
    made.sandbox().onDeath(() -> tell.accept(() -> died(made, document)));
    return true;
  }

  private void died(PodSandboxes which, Document document) {
    if (which.equals(sandbox)) {
      died = true;
      context
          .events()
          .normal(
              document, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
    }
  }

  /** Ends every process in them and gives them up; nothing happens when there are none. */
  void release() {
    PodSandboxes known = sandbox;
    sandbox = null;
    died = false;
    live.closed();
    if (known != null) {
      known.destroy();
    }
  }
}
