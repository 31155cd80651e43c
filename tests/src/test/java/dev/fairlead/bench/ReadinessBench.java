package dev.fairlead.bench;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.HttpKubeApi;
import dev.fairlead.client.Kubeconfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long a readiness change takes to reach the kernel of every node: from sending the pod's
 * condition to the API over HTTPS, through kubelet, EndpointSlice and proxies, to the nftables
 * event on each node. The pods have a readiness gate, whose condition is flipped.
 *
 * <p>Arguments: launcher, kubeconfig, number of nodes, number of flips.
 */
public final class ReadinessBench {
  private static final String GATE = "bench.fairlead.dev/ready";

  private ReadinessBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<KernelMonitor> monitors = new ArrayList<>();
    try (HttpKubeApi api =
        new HttpKubeApi(Kubeconfig.read(Path.of(arguments[1]), ""), "fairlead-bench")) {
      for (int node = 1; node <= Integer.parseInt(arguments[2]); node++) {
        monitors.add(new KernelMonitor(arguments[0], "node-" + node));
      }
      TimeUnit.SECONDS.sleep(3); // the monitors say nothing when they are ready
      Document pod =
          api.list(Target.collection(Kinds.POD, "default"), ListOptions.labels("app=bench"))
              .items()
              .getFirst();
      report(
          flips(
              api, Target.object(Kinds.POD, pod.key()), monitors, Integer.parseInt(arguments[3])));
    } finally {
      monitors.forEach(KernelMonitor::close);
    }
  }

  private static long[] flips(HttpKubeApi api, Target pod, List<KernelMonitor> monitors, int count)
      throws InterruptedException {
    long[] nanos = new long[count];
    for (int flip = -20; flip < count; flip++) { // the first ones warm up
      long taken = flip(api, pod, monitors, flip % 2 == 0);
      if (flip >= 0) {
        nanos[flip] = taken;
      }
    }
    return nanos;
  }

  private static long flip(HttpKubeApi api, Target pod, List<KernelMonitor> monitors, boolean ready)
      throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(50); // the lines of the flip before are all read
    monitors.forEach(KernelMonitor::clear);
    var body = Json.object();
    body.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", GATE)
        .put("status", ready ? "True" : "False");
    long begin = System.nanoTime();
    api.patch(pod.sub("status"), new Patch(Patch.Type.STRATEGIC_MERGE, body), WriteOptions.NONE);
    long last = begin;
    for (KernelMonitor monitor : monitors) {
      last = Math.max(last, monitor.awaitChange());
    }
    return last - begin;
  }

  private static void report(long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%d flips: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
        nanos.length,
        millis(nanos[nanos.length / 2]),
        millis(nanos[nanos.length * 99 / 100]),
        millis(nanos[nanos.length - 1]));
  }

  private static double millis(long nanos) {
    return nanos / (double) Duration.ofMillis(1).toNanos();
  }
}
