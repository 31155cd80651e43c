package dev.fairlead.apiserver.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          status: {phase: Pending} | 0/1 Pending 0
          status: {phase: Pending, containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]} | 0/1 ContainerCreating 0
          status: {phase: Running, containerStatuses: [{ready: true, state: {running: {}}}]} | 1/1 Running 0
          status: {phase: Running, containerStatuses: [{restartCount: 2, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {finishedAt: "2026-03-01T11:59:55Z"}}}]} | 0/1 CrashLoopBackOff 2 (5s ago)
          status: {phase: Succeeded, containerStatuses: [{state: {terminated: {reason: Completed, exitCode: 0}}}]} | 0/1 Completed 0
          status: {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 3}}}]} | 0/1 ExitCode:3 0
          status: {phase: Pending, initContainerStatuses: [{name: i, state: {running: {}}}]} | 0/1 Init:0/1 0
          status: {phase: Failed, reason: Evicted} | 0/1 Evicted 0
          """)
  void podsSayWhatUpstreamSays(String status, String expected) {
    String init = status.contains("init") ? "initContainers: [{name: i}], " : "";
    String yaml = "metadata: {name: p}\nspec: {" + init + "containers: [{name: c}]}\n" + status;
    assertThat(row(Kinds.POD, yaml).subList(1, 4)).containsExactlyElementsOf(split(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: ClusterIP, clusterIP: 10.0.0.1, ports: [{port: 80, protocol: TCP}]} | ClusterIP 10.0.0.1 <none> 80/TCP
          {type: NodePort, clusterIP: 10.0.0.1, ports: [{port: 80, nodePort: 30000, protocol: UDP}, {port: 81}]} | NodePort 10.0.0.1 <none> 80:30000/UDP,81/TCP
          {type: LoadBalancer, clusterIP: 10.0.0.1} | LoadBalancer 10.0.0.1 <pending> <none>
          {type: ExternalName, externalName: a.b} | ExternalName <none> a.b <none>
          {type: ClusterIP, clusterIP: None, externalIPs: [1.2.3.4]} | ClusterIP None 1.2.3.4 <none>
          """)
  void servicesSayWhatUpstreamSays(String spec, String expected) {
    List<String> row = row(Kinds.SERVICE, "metadata: {name: s}\nspec: " + spec);
    assertThat(String.join(" ", row.subList(1, 5))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "119,119s",
    "120,2m",
    "601,10m",
    "599,9m59s",
    "10800,3h",
    "28800,8h",
    "172800,2d",
    "180000,2d2h",
    "63072000,2y",
    "-5,<invalid>"
  })
  void agesAreAsFineAsMatters(long seconds, String expected) {
    assertThat(Ages.human(Duration.ofSeconds(seconds))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          subsets: [{addresses: [{ip: 1.1.1.1}, {ip: 1.1.1.2}], ports: [{port: 80}]}] | 1.1.1.1:80,1.1.1.2:80
          subsets: [{addresses: [{ip: a}, {ip: b}, {ip: c}, {ip: d}], ports: [{port: 1}]}] | a:1,b:1,c:1 + 1 more...
          subsets: [] | <none>
          """)
  void endpointsShowThree(String subsets, String expected) {
    assertThat(row(Kinds.ENDPOINTS, "metadata: {name: e}\n" + subsets).get(1)).isEqualTo(expected);
  }

  /** A row: plural, object, its cells after the name, in {@code -o wide}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          statefulsets | spec: {replicas: 3, template: {spec: {containers: [{name: c, image: i}]}}}, status: {readyReplicas: 2} | 2/3 <unknown> c i
          statefulsets | spec: {replicas: 0} | 0/0 <unknown>
          daemonsets | spec: {selector: {matchLabels: {a: b}}, template: {spec: {nodeSelector: {d: e}}}}, status: {desiredNumberScheduled: 5, currentNumberScheduled: 4, numberReady: 3, updatedNumberScheduled: 2, numberAvailable: 1} | 5 4 3 2 1 d=e <unknown>   a=b
          daemonsets | spec: {selector: {matchLabels: {a: b}}} | 0 0 0 0 0 <none> <unknown>   a=b
          replicationcontrollers | spec: {replicas: 3, selector: {a: b}}, status: {replicas: 2, readyReplicas: 1} | 3 2 1 <unknown>   a=b
          podtemplates | template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}, {name: d, image: j}]}} | c,d i,j a=b
          controllerrevisions | revision: 7 | <none> 7 <unknown>
          """)
  void workloadsSayWhatUpstreamSays(String plural, String object, String expected) {
    ResourceType type =
        Kinds.ALL.stream().filter(each -> each.plural().equals(plural)).findFirst().orElseThrow();
    List<String> row = row(type, "{metadata: {name: w}, " + object + "}");
    assertThat(String.join(" ", row.subList(1, row.size())).strip()).isEqualTo(expected);
  }

  @Test
  void aScaleIsShownAsOneWhateverHasIt() {
    List<String> row =
        row(
            Kinds.DEPLOYMENT,
            "{kind: Scale, metadata: {name: w}, spec: {replicas: 3}, status: {replicas: 2}}");
    assertThat(row).containsExactly("w", "3", "2", "<unknown>");
  }

  @Test
  void aRevisionSaysWhoseItIs() {
    String owner = "{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u, controller: true}";
    List<String> row =
        row(
            Kinds.CONTROLLER_REVISION,
            "{metadata: {name: w, ownerReferences: [%s]}, revision: 7}".formatted(owner));
    assertThat(row.get(1)).isEqualTo("statefulset.apps/web");
  }

  private static List<String> row(ResourceType type, String yaml) {
    Document object = Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    Tables.Style style = new Tables.Style("v1", Tables.Include.NONE, true);
    try {
      new Tables(() -> NOW).write(json, type, List.of(object), Json.object(), style);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Json.tree(json.toByteArray())
        .at("/rows/0/cells")
        .valueStream()
        .map(cell -> cell.asText())
        .toList();
  }

  private static List<String> split(String expected) {
    return List.of(expected.split(" ", 3));
  }
}
