package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fairlead.kubelet.cgroup.Cgroups;
import dev.fairlead.kubelet.cgroup.Limits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Containers as kubectl's users meet them: {@code run -i}, {@code attach}, {@code debug}, {@code
 * top}, sidecars, hooks and last words.
 */
final class ContainersIT {
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "1", "--store", "memory");
    cluster.kubectl("run", "web", "--image=gcr.io/kuar-demo/kuard-amd64:blue").ok();
    cluster.kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=90s").ok();
  }

  @Test
  void run_typesIntoAShellAndTakesItsExitCode() {
    CommandResult run =
        cluster.kubectlWithInput(
            "echo \"<$((6 * 7))>\"; exit 3\n",
            "run",
            "shell",
            "--image=host",
            "--restart=Never",
            "-i",
            "--rm",
            "--quiet",
            "--",
            "sh");
    assertThat(run.out()).contains("<42>");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(cluster.kubectl("get", "pod", "shell").refused()).contains("not found");
  }

  @Test
  void run_withATerminal() {
    CommandResult run =
        cluster.outer.run(
            "script",
            "-qec",
            "kubectl run term --image=host --restart=Never -it --rm --quiet -- sh -c 'sleep 2;"
                + " tty'",
            "/dev/null");
    assertThat(run.out()).contains("/dev/pts/");
  }

  @Test
  void attach_typesIntoAContainerWhoseInputEndsWithIt() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: echoes}
        spec:
          restartPolicy: Never
          containers:
          - name: c
            image: host
            stdin: true
            stdinOnce: true
            command: [sh, -c, 'while read line; do echo "<$line>"; done; echo end']
        """);
    cluster.kubectl("wait", "--for=condition=Ready", "pod/echoes", "--timeout=60s").ok();
    assertThat(cluster.kubectlWithInput("a\nb\n", "attach", "-i", "echoes").ok())
        .contains("<a>\n<b>\nend\n");
    assertThat(cluster.awaitKubectl("Succeeded"::equals, phase("echoes"))).isEqualTo("Succeeded");
    assertThat(cluster.kubectl("logs", "echoes").ok()).isEqualTo("<a>\n<b>\nend\n");
  }

  private static String[] phase(String pod) {
    return new String[] {"get", "pod", pod, "-o", "jsonpath={.status.phase}"};
  }

  @Test
  void exec_seesTheContainersProcessesAlone_andDebugTheirsOnRequest() {
    String[] count = {"exec", "web", "--", "sh", "-c", "ls -d /proc/[0-9]* | wc -l"};
    assertThat(Integer.parseInt(cluster.kubectl(count).text())).isBetween(3, 9);
    CommandResult debug =
        cluster.kubectlWithInput(
            "echo \"<$(pgrep -c java)>\"; exit\n",
            "debug",
            "web",
            "--image=host",
            "-i",
            "-c",
            "beside",
            "--target=web",
            "--profile=general",
            "--",
            "sh");
    assertThat(debug.ok()).contains("<1>");
  }

  @Test
  void aContainerThatTakesMoreMemoryThanItMayIsKilled() {
    Cgroups cgroups = Cgroups.of(cluster.home.resolve("probe"));
    assumeThat(cgroups.create("probe", "c", new Limits(1 << 30, 0, 0)))
        .as("control groups for memory")
        .isNotNull();
    cgroups.removeAll();
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: greedy}
        spec:
          restartPolicy: Never
          containers:
          - name: c
            image: host
            command: [python3, -c, 'x = bytearray(300 << 20)']
            resources: {limits: {memory: 64Mi}}
        """);
    cluster.awaitKubectl(
        "OOMKilled 137"::equals,
        "get",
        "pod",
        "greedy",
        "-o",
        "jsonpath={.status.containerStatuses[0].state.terminated.reason} {.status.containerStatuses[0].state.terminated.exitCode}");
  }

  @Test
  void debug_besideARunningContainer() {
    CommandResult debug =
        cluster.kubectlWithInput(
            "hostname; exit\n",
            "debug",
            "web",
            "--image=host",
            "-i",
            "-c",
            "debugger",
            "--profile=general",
            "--",
            "sh");
    assertThat(debug.ok()).contains("web\n");
    cluster.awaitKubectl(
        "Completed"::equals,
        "get",
        "pod",
        "web",
        "-o",
        "jsonpath={.status.ephemeralContainerStatuses[0].state.terminated.reason}");
    assertThat(cluster.field("pod", "web", ".status.containerStatuses[0].restartCount"))
        .isEqualTo("0");
  }

  @Test
  void debug_inACopy() {
    cluster
        .kubectl(
            "debug",
            "web",
            "--copy-to=copy",
            "--set-image=web=gcr.io/kuar-demo/kuard-amd64:green",
            "--profile=general")
        .ok();
    cluster.kubectl("wait", "--for=condition=Ready", "pod/copy", "--timeout=90s").ok();
  }

  @Test
  void top_ofNodesPodsAndContainers() {
    assertThat(cluster.kubectl("top", "nodes").ok()).contains("CPU(cores)", "node-1");
    assertThat(cluster.kubectl("top", "pod", "web").ok()).contains("MEMORY(bytes)", "web", "Mi");
    assertThat(cluster.kubectl("top", "pods", "--containers").ok())
        .containsPattern("web +web +[0-9]+m +[1-9][0-9]*Mi");
    assertThat(cluster.kubectl("get", "nodes.metrics.k8s.io").ok()).contains("WINDOW", "node-1");
  }

  @Test
  void aSidecarStartsFirstEndsLastAndWordsAreLeft() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: together}
        spec:
          restartPolicy: Never
          volumes: [{name: v, emptyDir: {}}]
          initContainers:
          - name: side
            image: host
            restartPolicy: Always
            command: [sh, -c, 'trap "echo side ends; exit 0" TERM; echo side; touch /no-such/up; while :; do sleep 0.1; done']
            volumeMounts: [{name: v, mountPath: /no-such}]
          containers:
          - name: c
            image: host
            command: [sh, -c, 'until [ -e /no-such/up ]; do sleep 0.1; done; echo bye > /dev/termination-log; exit 4']
            volumeMounts: [{name: v, mountPath: /no-such}]
            lifecycle: {preStop: {exec: {command: ["true"]}}}
        """);
    cluster.awaitKubectl("Failed"::equals, phase("together"));
    assertThat(
            cluster.field(
                "pod", "together", ".status.containerStatuses[0].state.terminated.message"))
        .isEqualTo("bye");
    assertThat(
            cluster.field(
                "pod", "together", ".status.containerStatuses[0].state.terminated.exitCode"))
        .isEqualTo("4");
    assertThat(cluster.kubectl("logs", "together", "-c", "side").ok())
        .startsWith("side\n")
        .contains("side ends\n");
  }

  @Test
  void aGrpcHealthServiceDecidesWhetherItsPodIsAnEndpoint() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: health, labels: {app: health}}
        spec:
          terminationGracePeriodSeconds: 1
          volumes: [{name: status, emptyDir: {}}]
          containers:
          - name: c
            image: host
            command: ['%s', '-XX:TieredStopAtLevel=1', '-cp', '%s', dev.fairlead.http.testing.FakeGrpcServer, '50051', /status/down]
            volumeMounts: [{name: status, mountPath: /status}]
            ports: [{containerPort: 50051}]
            readinessProbe: {grpc: {port: 50051}, periodSeconds: 1, failureThreshold: 1}
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin/java"),
                Path.of("../launcher/target/dist/lib/fairlead.jar").toAbsolutePath().normalize()));
    cluster.kubectl("expose", "pod", "health").ok();
    String[] ready = {
      "get", "endpoints", "health", "-o", "jsonpath={.subsets[*].addresses[*].targetRef.name}"
    };
    cluster.awaitKubectl("health"::equals, ready);
    cluster.kubectl("exec", "health", "--", "touch", "/status/down").ok();
    cluster.awaitKubectl(String::isEmpty, ready);
    cluster.awaitKubectl(
        text ->
            text.contains(
                "Readiness probe failed: service unhealthy (responded with \"NOT_SERVING\")"),
        "describe",
        "pod",
        "health");
    cluster.kubectl("exec", "health", "--", "rm", "/status/down").ok();
    cluster.awaitKubectl("health"::equals, ready);
  }

  @Test
  void debug_ofANode() {
    CommandResult debug =
        cluster.kubectlWithInput(
            "cat /host/etc/os-release; hostname; ls -d /proc/1; exit\n",
            "debug",
            "node/node-1",
            "--image=host",
            "-i",
            "--quiet",
            "--profile=general",
            "--",
            "sh");
    assertThat(debug.ok()).contains("PRETTY_NAME=", "node-1\n", "/proc/1\n");
  }

  @Test
  void aHookThatFailsIsTold() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: hooked}
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 1
          containers:
          - name: c
            image: host
            command: [sleep, "1000"]
            lifecycle: {postStart: {exec: {command: ["false"]}}}
        """);
    cluster.awaitKubectl("Failed"::equals, phase("hooked"));
    cluster.awaitKubectl(
        events -> events.contains("PostStartHook failed"),
        "get",
        "events",
        "--field-selector=involvedObject.name=hooked,reason=FailedPostStartHook",
        "-o",
        "jsonpath={.items[*].message}");
  }
}
