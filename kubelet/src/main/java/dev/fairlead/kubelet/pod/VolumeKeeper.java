package dev.fairlead.kubelet.pod;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.environment.PodFacts;
import dev.fairlead.kubelet.runtime.PodSandbox;
import dev.fairlead.kubelet.sandbox.SandboxFiles;
import dev.fairlead.kubelet.volume.PodVolumes;
import dev.fairlead.kubelet.volume.VolumeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sees to one pod's volumes for its worker: tells failures as events, tries again with growing
 * pauses, and at once when something that was missing appears.
 */
final class VolumeKeeper implements AutoCloseable {
  private static final Duration PAUSE_MIN = Duration.ofMillis(500);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(122);

  private final PodContext context;
  private final Runnable wake;
  private @Nullable PodVolumes volumes;
  private Duration pause = PAUSE_MIN;
  private Runnable cancelWake = () -> {};

  /**
   * @param wake makes the worker look again; may be called from any thread
   */
  VolumeKeeper(PodContext context, Runnable wake) {
    this.context = context;
    this.wake = wake;
  }

  /** Reads what the volumes need; false when something is missing. */
  boolean collect(Document document, Pod pod) {
    return context.runtime().pretends()
        || attempt(document, () -> of(document, pod).collect(facts(pod)));
  }

  /** Makes the volumes; false when they cannot be made. */
  boolean mount(Document document, Pod pod, PodSandbox sandbox) {
    return context.runtime().pretends()
        || attempt(document, () -> of(document, pod).mount(sandbox));
  }

  /** Brings what has changed into the volumes that are mounted. */
  void refresh(Document document, Pod pod) {
    PodVolumes known = volumes;
    if (known != null && known.due()) {
      boolean _ = attempt(document, () -> known.refresh(facts(pod)));
    }
  }

  /** The pod's object has changed. */
  void updated(Pod before, Pod after) {
    PodVolumes known = volumes;
    boolean same =
        before.meta().labels().equals(after.meta().labels())
            && before.meta().annotations().equals(after.meta().annotations());
    if (known != null && !same) {
      known.changed();
    }
  }

  /** The volumes. */
  PodVolumes volumes(Document document, Pod pod) {
    return of(document, pod);
  }

  private PodVolumes of(Document document, Pod pod) {
    PodVolumes known = volumes;
    if (known == null) {
      var group = document.spec().path("securityContext").path("fsGroup");
      known =
          new PodVolumes(
              context.api(),
              context.watches(),
              pod,
              SandboxFiles.directory(context.settings(), pod.meta().uid()),
              context.clock(),
              group.isNumber() ? Long.valueOf(group.asLong()) : null,
              wake);
      volumes = known;
    }
    return known;
  }

  private PodFacts facts(Pod pod) {
    return new PodFacts(
        pod, pod.status().podIp(), context.settings().nodeAddress(), context.allocatable());
  }

  /** A step that may find something missing. */
  @FunctionalInterface
  private interface Step {
    void run() throws VolumeException;
  }

  private boolean attempt(Document document, Step step) {
    try {
      step.run();
      pause = PAUSE_MIN;
      PodVolumes known = volumes;
      Instant next = known == null ? null : known.nextRefresh();
      if (next != null) {
        later(Duration.between(context.clock().instant(), next), wake);
      }
      return true;
    } catch (VolumeException e) {
      context.events().warning(document, "FailedMount", e.message());
      later(pause, again(volumes));
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(PAUSE_MAX) < 0 ? longer : PAUSE_MAX;
      return false;
    }
  }

  /** What was to be done is still to be done, though nothing has changed since. */
  private Runnable again(@Nullable PodVolumes known) {
    return () -> {
      if (known != null) {
        known.changed();
      }
      wake.run();
    };
  }

  private void later(Duration delay, Runnable action) {
    cancelWake.run();
    cancelWake = context.timers().after(delay.isNegative() ? Duration.ZERO : delay, action);
  }

  @Override
  public void close() {
    cancelWake.run();
    PodVolumes known = volumes;
    volumes = null;
    if (known != null) {
      known.close();
    }
  }
}
