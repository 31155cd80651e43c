package dev.fairlead.kubelet.volume;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.environment.PodFacts;
import dev.fairlead.kubelet.runtime.PodSandbox;
import dev.fairlead.kubelet.volume.Volume.Source;
import dev.fairlead.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of one pod. First {@link #collect} reads what they need; then, in a sandbox, {@link
 * #mount} makes them; later {@link #refresh} keeps them up to date. All but the callback run on the
 * pod's worker.
 *
 * <p>Each volume that is not the machine's own has the directory {@code volumes/NAME} of the pod's
 * directory. Those in memory are mounted over it in the pod's mount namespace alone.
 */
public final class PodVolumes implements AutoCloseable {
  private static final int EMPTY_DIR_MODE = 0777;
  private static final int SHARED_DIR_MODE = 02770;
  private static final String PROJECTED_OPTIONS = "mode=1777,size=64m";

  private final List<Volume> volumes;
  private final Path directory;
  private final Clock clock;
  private final ApiVolumeObjects objects;
  private final @Nullable Long fsGroup;
  private final List<ObjectWatches.Subscription> subscriptions = new ArrayList<>();
  private final AtomicBoolean changed = new AtomicBoolean(true);
  private Map<String, Map<String, ProjectedFile>> collected = Map.of();
  private final Map<String, Map<String, ProjectedFile>> written = new HashMap<>();
  private @Nullable PodSandbox mountedIn;

  /**
   * Begins to watch what the volumes are made of.
   *
   * @param directory the pod's own
   * @param fsGroup the group that owns them (API: {@code securityContext.fsGroup}); null for none
   * @param onChange runs when {@link #refresh} has something to do; on any thread
   */
  public PodVolumes(
      KubeApi api,
      ObjectWatches watches,
      Pod pod,
      Path directory,
      Clock clock,
      @Nullable Long fsGroup,
      Runnable onChange) {
    this.volumes = VolumeReader.read(pod.volumes());
    this.directory = directory.resolve("volumes");
    this.clock = clock;
    this.fsGroup = fsGroup;
    this.objects = new ApiVolumeObjects(api, pod, clock);
    for (Volume volume : volumes) {
      if (volume.source() instanceof Source.Projected projected) {
        watch(watches, pod, projected, onChange);
      }
    }
  }

  private void watch(
      ObjectWatches watches, Pod pod, Source.Projected projected, Runnable onChange) {
    for (Projection each : projected.projections()) {
      if (each instanceof Projection.Keys keys) {
        ObjectKey key = new ObjectKey(pod.meta().namespace(), keys.name());
        subscriptions.add(
            watches.watch(
                keys.secret() ? Kinds.SECRET : Kinds.CONFIG_MAP,
                key,
                () -> {
                  changed.set(true);
                  onChange.run();
                }));
      }
    }
  }

  /** There may be news: the pod's labels, or what could not be read before. From any thread. */
  public void changed() {
    changed.set(true);
  }

  /** When {@link #refresh} has something to do though nothing changes; null for never. */
  public @Nullable Instant nextRefresh() {
    return objects.nextRefresh();
  }

  /**
   * Reads all that the volumes are made of, and checks what they are of the machine.
   *
   * @throws VolumeException about the first volume for which something is missing
   */
  public void collect(PodFacts facts) throws VolumeException {
    changed.set(false);
    Projector projector = new Projector(facts, objects, fsGroup);
    Map<String, Map<String, ProjectedFile>> files = new HashMap<>();
    for (Volume volume : volumes) {
      try {
        switch (volume.source()) {
          case Source.Projected projected -> files.put(volume.name(), projector.files(projected));
          case Source.HostPath path -> HostPaths.check(path);
          case Source.EmptyDir empty -> {}
        }
      } catch (VolumeException e) {
        throw e.of(volume.name());
      } catch (IOException | ApiException e) {
        throw new VolumeException(String.valueOf(e.getMessage())).of(volume.name());
      }
    }
    collected = Map.copyOf(files);
  }

  /** Makes the volumes in a sandbox, with what was collected. */
  public void mount(PodSandbox sandbox) throws VolumeException {
    written.clear();
    for (Volume volume : volumes) {
      try {
        mount(volume, sandbox);
      } catch (IOException e) {
        throw new VolumeException(String.valueOf(e.getMessage())).of(volume.name());
      }
    }
    mountedIn = sandbox;
  }

  private void mount(Volume volume, PodSandbox sandbox) throws IOException {
    Path path = directory.resolve(volume.name());
    switch (volume.source()) {
      case Source.HostPath host -> {}
      case Source.EmptyDir empty -> {
        Files.createDirectories(path);
        sandbox.call(() -> {
          if (empty.memory()) {
            Mounts.tmpfs(
                path,
                empty.sizeLimit() == null
                    ? "mode=777"
                    : "mode=777,size=" + empty.sizeLimit().value());
          }
          own(path);
          return path;
        });
      }
      case Source.Projected projected -> {
        Files.createDirectories(path);
        sandbox.call(() -> {
          Mounts.tmpfs(path, PROJECTED_OPTIONS);
          return path;
        });
        write(volume.name(), sandbox);
      }
    }
  }

  private void own(Path emptyDir) throws IOException {
    Files.setAttribute(emptyDir, "unix:mode", EMPTY_DIR_MODE);
    if (fsGroup != null) {
      Files.setAttribute(emptyDir, "unix:gid", Math.toIntExact(fsGroup));
      Files.setAttribute(emptyDir, "unix:mode", EMPTY_DIR_MODE | SHARED_DIR_MODE);
    }
  }

  private void write(String name, PodSandbox sandbox) throws IOException {
    Map<String, ProjectedFile> files = collected.getOrDefault(name, Map.of());
    if (files.equals(written.get(name))) {
      return;
    }
    Instant now = clock.instant();
    sandbox.call(() -> {
      new AtomicWriter(directory.resolve(name), fsGroup).write(files, now);
      return name;
    });
    written.put(name, files);
  }

  /** Whether something has changed since it was written. */
  public boolean due() {
    Instant next = nextRefresh();
    boolean old = next != null && !clock.instant().isBefore(next);
    return mountedIn != null && (changed.get() || old);
  }

  /**
   * Writes anew what has changed since. What has failed is {@link #due} again when {@link #changed}
   * says so.
   *
   * @throws VolumeException when something is missing now; what was written before stays
   */
  public void refresh(PodFacts facts) throws VolumeException {
    PodSandbox sandbox = mountedIn;
    if (sandbox == null) {
      return;
    }
    collect(facts);
    for (String name : collected.keySet()) {
      try {
        write(name, sandbox);
      } catch (IOException e) {
        throw new VolumeException(String.valueOf(e.getMessage())).of(name);
      }
    }
  }

  /** Where a volume lies; null when there is none of the name. */
  @Nullable Path path(String name) {
    for (Volume volume : volumes) {
      if (volume.name().equals(name)) {
        return volume.source() instanceof Source.HostPath host
            ? Path.of("/").resolve(host.path()).normalize()
            : directory.resolve(name);
      }
    }
    return null;
  }

  /** Whether containers may never write to it. */
  boolean readOnly(String name) {
    return volumes.stream()
        .anyMatch(each -> each.name().equals(name) && each.source() instanceof Source.Projected);
  }

  /** Ends the watching. What is on the disk goes with the pod's directory. */
  @Override
  public void close() {
    subscriptions.forEach(ObjectWatches.Subscription::close);
    subscriptions.clear();
  }
}
