package dev.fairlead.kubelet.stats;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.kubelet.stats.Sampler.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The kubelet's pages about usage: {@code /stats/summary} (upstream: {@code
 * kubelet/pkg/apis/stats/v1alpha1}, of which CPU and memory are served), {@code /metrics/resource}
 * and {@code /metrics} in the text format of Prometheus.
 */
public final class StatsPages {
  private final String node;
  private final Sampler sampler;
  private final Supplier<List<RunningContainer>> containers;
  private final Supplier<Integer> pods;
  private final Instant started;

  /**
   * The pages of one node.
   *
   * @param containers those that run
   * @param pods how many pods are bound to the node
   * @param started when the kubelet did
   */
  public StatsPages(
      String node,
      Sampler sampler,
      Supplier<List<RunningContainer>> containers,
      Supplier<Integer> pods,
      Instant started) {
    this.node = node;
    this.sampler = sampler;
    this.containers = containers;
    this.pods = pods;
    this.started = started;
  }

  /** {@code /stats/summary}. */
  public byte[] summary() throws IOException {
    Snapshot now = sampler.snapshot();
    ObjectNode tree = Json.object();
    ObjectNode own = tree.putObject("node").put("nodeName", node);
    figures(own.put("startTime", started.toString()), now.node());
    var list = tree.putArray("pods");
    byPod()
        .forEach((uid, members) -> {
          RunningContainer first = members.getFirst();
          ObjectNode pod = list.addObject();
          pod.putObject("podRef")
              .put("name", first.pod().name())
              .put("namespace", first.pod().namespace())
              .put("uid", uid);
          var array = pod.putArray("containers");
          for (RunningContainer each : members) {
            Measured measured = now.containers().get(each.owner());
            if (measured != null) {
              ObjectNode container = array.addObject().put("name", each.name());
              figures(container.put("startTime", each.since().toString()), measured);
            }
          }
        });
    return Json.bytes(tree);
  }

  private Map<String, List<RunningContainer>> byPod() {
    return containers.get().stream()
        .collect(
            Collectors.groupingBy(RunningContainer::podUid, TreeMap::new, Collectors.toList()));
  }

  private static void figures(ObjectNode into, Measured measured) {
    into.putObject("cpu")
        .put("time", measured.at().toString())
        .put("usageNanoCores", measured.nanoCores())
        .put("usageCoreNanoSeconds", measured.usage().cpuNanos())
        .put("windowMilliseconds", measured.window().toMillis());
    into.putObject("memory")
        .put("time", measured.at().toString())
        .put("usageBytes", measured.usage().memoryBytes())
        .put("workingSetBytes", measured.usage().memoryBytes());
  }

  /** {@code /metrics/resource}. */
  public String resource() throws IOException {
    Snapshot now = sampler.snapshot();
    Exposition text = new Exposition();
    containers(text, rows(now));
    node(text, now.node());
    text.family(
        "resource_scrape_error",
        "gauge",
        "1 if there was an error while getting container metrics, 0 otherwise");
    text.value(Map.of(), 0);
    return text.toString();
  }

  /** A container that runs and was measured. */
  private record Row(Map<String, String> labels, Measured measured, Instant since) {}

  private List<Row> rows(Snapshot now) {
    List<Row> rows = new ArrayList<>();
    for (RunningContainer container : containers.get()) {
      Measured measured = now.containers().get(container.owner());
      if (measured != null) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("container", container.name());
        labels.put("namespace", container.pod().namespace());
        labels.put("pod", container.pod().name());
        rows.add(new Row(labels, measured, container.since()));
      }
    }
    return rows;
  }

  private static void containers(Exposition text, List<Row> rows) {
    text.family(
        "container_cpu_usage_seconds_total",
        "counter",
        "Cumulative cpu time consumed by the container in core-seconds");
    rows.forEach(row ->
        text.value(row.labels(), seconds(row.measured().usage().cpuNanos()), row.measured().at()));
    text.family(
        "container_memory_working_set_bytes",
        "gauge",
        "Current working set of the container in bytes");
    rows.forEach(row ->
        text.value(
            row.labels(), (double) row.measured().usage().memoryBytes(), row.measured().at()));
    text.family(
        "container_start_time_seconds",
        "gauge",
        "Start time of the container since unix epoch in seconds");
    rows.forEach(row -> text.value(row.labels(), row.since().toEpochMilli() / 1000.0));
  }

  private static void node(Exposition text, Measured node) {
    text.family(
        "node_cpu_usage_seconds_total",
        "counter",
        "Cumulative cpu time consumed by the node in core-seconds");
    text.value(Map.of(), seconds(node.usage().cpuNanos()), node.at());
    text.family(
        "node_memory_working_set_bytes", "gauge", "Current working set of the node in bytes");
    text.value(Map.of(), (double) node.usage().memoryBytes(), node.at());
  }

  /** {@code /metrics}. */
  public String metrics() {
    Exposition text = new Exposition();
    text.family("kubelet_node_name", "gauge", "The node's name. The count is always 1.");
    text.value(Map.of("node", node), 1);
    text.family("kubelet_running_containers", "gauge", "Number of containers currently running");
    text.value(Map.of("container_state", "running"), containers.get().size());
    text.family("kubelet_running_pods", "gauge", "Number of pods that have a running pod sandbox");
    text.value(Map.of(), byPod().size());
    text.family(
        "kubelet_desired_pods",
        "gauge",
        "The number of pods the kubelet is being instructed to run");
    text.value(Map.of("static", ""), pods.get());
    text.family(
        "process_start_time_seconds",
        "gauge",
        "Start time of the process since unix epoch in seconds.");
    text.value(Map.of(), started.toEpochMilli() / 1000.0);
    return text.toString();
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
