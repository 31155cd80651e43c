package dev.fairlead.kubelet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsPagesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunningContainer C =
      new RunningContainer(new ObjectKey("ns", "p"), "u", "c", NOW.minusSeconds(10));

  private final StatsPages pages =
      new StatsPages(
          "n",
          new Sampler(
              new UsageSource() {
                @Override
                public Map<Owner, Usage> containers() {
                  return Map.of(C.owner(), new Usage(2_500_000_000L, 4096));
                }

                @Override
                public Usage machine() {
                  return new Usage(7_000_000_000L, 8192);
                }
              },
              () -> Map.of(C.owner(), C.since()),
              Clock.fixed(NOW, ZoneOffset.UTC),
              (delay, action) -> () -> {}),
          () -> List.of(C),
          () -> 3,
          NOW);

  @Test
  void summary() throws IOException {
    JsonNode summary = Json.tree(pages.summary());
    assertThat(summary.at("/node/nodeName").asText()).isEqualTo("n");
    assertThat(summary.at("/node/memory/workingSetBytes").asLong()).isEqualTo(8192);
    assertThat(summary.at("/pods/0/podRef/name").asText()).isEqualTo("p");
    JsonNode container = summary.at("/pods/0/containers/0");
    assertThat(container.path("name").asText()).isEqualTo("c");
    assertThat(container.at("/cpu/usageNanoCores").asLong()).isEqualTo(250_000_000);
    assertThat(container.at("/cpu/usageCoreNanoSeconds").asLong()).isEqualTo(2_500_000_000L);
  }

  @Test
  void resource() throws IOException {
    assertThat(pages.resource())
        .contains(
            "# TYPE container_cpu_usage_seconds_total counter\n"
                + "container_cpu_usage_seconds_total{container=\"c\",namespace=\"ns\",pod=\"p\"}"
                + " 2.5 1767225600000\n")
        .contains(
            "container_memory_working_set_bytes{container=\"c\",namespace=\"ns\",pod=\"p\"} 4096"
                + " 1767225600000\n")
        .contains("node_cpu_usage_seconds_total 7 1767225600000\n")
        .endsWith("resource_scrape_error 0\n");
  }

  @Test
  void metrics() {
    assertThat(pages.metrics())
        .contains("kubelet_running_pods 1\n")
        .contains("kubelet_desired_pods{static=\"\"} 3\n")
        .contains("kubelet_node_name{node=\"n\"} 1\n");
  }
}
