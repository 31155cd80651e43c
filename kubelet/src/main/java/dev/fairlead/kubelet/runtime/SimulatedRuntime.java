package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.cgroup.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Containers that run at once and for ever, without any process: for scale tests and unit tests.
 * Every image exists but those whose name begins with {@code missing}. Tests end a container by
 * {@link #exit}.
 */
public final class SimulatedRuntime implements ContainerRuntime {
  private final Map<String, CompletableFuture<Integer>> running = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public boolean pretends() {
    return true;
  }

  @Override
  public Image image(String reference) throws ImageNotFoundException {
    String full = ImageName.normalize(reference);
    if (full.startsWith("docker.io/library/missing")) {
      throw new ImageNotFoundException("there is no image \"" + reference + "\"");
    }
    return new Image("simulated://" + full, ImageConfig.EMPTY);
  }

  @Override
  public PodSandbox createSandbox(SandboxSpec spec) {
    return new Sandbox(spec.uid());
  }

  /** Ends the running container of a pod with this code; nothing happens when there is none. */
  public void exit(String podUid, String container, int code) {
    CompletableFuture<Integer> exit = running.get(podUid + "/" + container);
    if (exit != null) {
      exit.complete(code);
    }
  }

  private final class Sandbox implements PodSandbox {
    private final String uid;

    Sandbox(String uid) {
      this.uid = uid;
    }

    @Override
    public long pid() {
      return 0;
    }

    @Override
    public ContainerProcess start(ContainerSpec spec) {
      String key = uid + "/" + spec.name();
      CompletableFuture<Integer> exit = new CompletableFuture<>();
      running.put(key, exit);
      CompletableFuture<Integer> ended =
          exit.whenComplete((code, failure) -> {
            running.remove(key, exit);
            spec.log().close();
          });
      return new Pretended(ContainerIds.next(), ended, exit);
    }

    @Override
    public ExecResult exec(ContainerSpec container, List<String> command, Duration timeout) {
      return new ExecResult(0, "");
    }

    @Override
    public RunningCommand open(ContainerSpec container, List<String> command, boolean terminal)
        throws IOException {
      throw new IOException("the simulated runtime runs no commands");
    }

    @Override
    public <T> T call(Callable<T> code) throws IOException {
      throw new IOException("the simulated runtime has no files");
    }

    @Override
    public void onDeath(Runnable action) {}

    @Override
    public void destroy() {
      running.forEach((key, exit) -> {
        if (key.startsWith(uid + "/")) {
          exit.complete(137);
        }
      });
    }
  }

  private record Pretended(
      String id, CompletableFuture<Integer> exit, CompletableFuture<Integer> source)
      implements ContainerProcess {
    @Override
    public long pid() {
      return 0;
    }

    @Override
    public boolean resizable() {
      return true;
    }

    /** What uses nothing is within any limit. */
    @Override
    public void resize(Limits limits) {}

    @Override
    public void terminate() {
      source.complete(143);
    }

    @Override
    public void kill() {
      source.complete(137);
    }
  }
}
