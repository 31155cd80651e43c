package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.apiserver.certs.CertificateAuthority;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.http.Tls;
import dev.fairlead.kubelet.network.RoutedNodeNetwork;
import dev.fairlead.kubelet.runtime.Catalogue;
import dev.fairlead.kubelet.runtime.Leftovers;
import dev.fairlead.kubelet.runtime.ProcessRuntime;
import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import dev.fairlead.linux.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real pods of real processes, on a node that is a namespace without a way out. */
class ProcessKubeletTest {
  private static final String SLEEPER =
      "{'containers':[{'name':'c','image':'host','command':['sh','-c','%s']}]}";

  @TempDir Path state;
  private final Cluster cluster = new Cluster();
  private final KubeApi api = cluster.api();
  private final CertificateAuthority authority = CertificateAuthority.create(Clock.systemUTC());
  private NetworkNamespace node;
  private ApiEventRecorder events;
  private Kubelet kubelet;

  @BeforeEach
  void start() throws Exception {
    Root.assume();
    node = Namespaces.create("node-1");
    node.links().sysctl("net.ipv4.ip_forward", "1");
    node.links().addAddress("lo", "10.111.0.11/32");
    events = ApiEventRecorder.start(api, "node-1", Clock.systemUTC());
    Issued served = authority.issueServer("node-1", List.of("node-1"), List.of("10.111.0.11"));
    kubelet =
        new Kubelet(
            api,
            KubeletSettings.of("node-1", "10.111.0.11", "zone-1", state)
                .withServer(
                    10_250,
                    new Tls(
                        served.key(),
                        List.of(served.certificate()),
                        List.of(authority.certificate()))),
            new RoutedNodeNetwork(node),
            new ProcessRuntime(Catalogue.builder().build(), state),
            events,
            Clock.systemUTC());
    kubelet.start();
    cluster.podCidr("node-1", "10.112.1.0/24");
  }

  @AfterEach
  void stop() throws IOException {
    if (kubelet != null) {
      kubelet.close();
      events.close();
      cluster.close();
      assertThat(processes()).isEmpty();
      assertThat(node.links().names()).containsExactly("lo");
      node.close();
    }
  }

  private String log(String pod, int run) throws IOException {
    String uid = cluster.get(pod).meta().uid();
    return Files.readString(
        state.resolve("pods").resolve(uid).resolve("logs/c").resolve(run + ".log"));
  }

  private List<Long> processes() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.map(each -> each.getFileName().toString())
          .filter(each -> each.matches("[0-9]+"))
          .map(Long::valueOf)
          .filter(this::ours)
          .toList();
    }
  }

  private boolean ours(long pid) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
      return new String(environment, StandardCharsets.UTF_8).contains("FAIRLEAD_STATE=" + state);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aPodHasItsOwnNamesAndEnvironment() {
    cluster.pod(
        "node-1",
        "names",
        SLEEPER.formatted(
            "hostname; cat /etc/resolv.conf /etc/hosts; ip -4 -o addr; env; exec sleep 1000"));
    cluster.awaitReady("names");
    await()
        .untilAsserted(() ->
            assertThat(log("names", 0))
                .contains(" stdout F names\n")
                .contains("nameserver 10.115.240.10\n")
                .contains("search default.svc.cluster.local svc.cluster.local cluster.local")
                .contains("options ndots:5")
                .contains("10.112.1.2\tnames\n")
                .contains("inet 10.112.1.2/32")
                .contains("HOSTNAME=names\n")
                .contains("FAIRLEAD_POD_UID="));
  }

  @Test
  void aKilledProcessIsRestarted() throws IOException {
    cluster.pod("node-1", "k", SLEEPER.formatted("echo run; exec sleep 1000"));
    cluster.awaitReady("k");
    long holder = kubelet.sandbox(Cluster.key("k")).getAsLong();
    long victim = processes().stream().filter(each -> each != holder).findFirst().orElseThrow();
    assertThat(Processes.kill((int) victim, Processes.SIGKILL)).isTrue();
    Document again =
        cluster.await("k", pod -> Cluster.container(pod).path("restartCount").asInt() == 1);
    assertThat(Cluster.container(again).at("/lastState/terminated/exitCode").asInt())
        .isEqualTo(137);
    cluster.awaitReady("k");
  }

  @Test
  void podsReachEachOtherAndAReadinessProbeGoesFromTheNode() throws IOException {
    cluster.pod(
        "node-1",
        "server",
        "{'containers':[{'name':'c','image':'host','command':['python3','-u','-m','http.server','8080'],"
            + "'workingDir':'/etc','ports':[{'name':'web','containerPort':8080}],"
            + "'readinessProbe':{'httpGet':{'path':'/hostname','port':'web'},'periodSeconds':1},"
            + "'livenessProbe':{'exec':{'command':['true']}}}]}");
    Document server = cluster.awaitReady("server");
    String url = "http://" + server.status().path("podIP").asText() + ":8080/hostname";
    cluster.pod(
        "node-1",
        "client",
        SLEEPER.formatted("curl -sS -m 5 --retry 3 " + url + "; exec sleep 1000"));
    cluster.awaitReady("client");
    await().untilAsserted(() -> assertThat(log("client", 0)).contains("stdout F server"));
    assertThat(cluster.events())
        .anyMatch(each ->
            each.startsWith("Unhealthy: Readiness probe failed") || each.startsWith("Started: "));
  }

  @Test
  void deletionLeavesNothing() throws IOException {
    String uid =
        cluster
            .pod(
                "node-1",
                "d",
                SLEEPER.formatted(
                    "trap \\\"\\\" TERM; setsid sleep 1000 & while :; do sleep 1; done"))
            .meta()
            .uid();
    cluster.awaitReady("d");
    await().until(() -> processes().size() >= 3);
    cluster.delete("d", 1);
    cluster.awaitGone("d");
    await()
        .untilAsserted(() -> {
          assertThat(processes()).isEmpty();
          assertThat(node.links().names()).containsExactly("lo");
          assertThat(state.resolve("pods").resolve(uid)).doesNotExist();
        });
  }

  @Test
  void aFailedLivenessProbeRestarts() {
    cluster.pod(
        "node-1",
        "l",
        "{'terminationGracePeriodSeconds':1,'containers':[{'name':'c','image':'host',"
            + "'command':['sleep','1000'],"
            + "'livenessProbe':{'tcpSocket':{'port':99},'periodSeconds':1,'failureThreshold':1}}]}");
    cluster.await("l", pod -> Cluster.container(pod).path("restartCount").asInt() >= 1);
    await()
        .untilAsserted(() ->
            assertThat(cluster.events())
                .contains(
                    "Killing: Container c failed liveness probe, will be restarted",
                    "Unhealthy: Liveness probe failed: dial tcp 10.112.1.2:99: connect: connection"
                        + " refused"));
  }

  @Test
  void anUnknownImageNamesTheCatalogue() {
    cluster.pod("node-1", "u", "{'containers':[{'name':'c','image':'nginx'}]}");
    cluster.await(
        "u",
        pod -> Cluster.container(pod).at("/state/waiting/reason").asText().equals("ErrImagePull"));
    await()
        .until(() ->
            cluster.events().stream()
                .anyMatch(each -> each.contains("catalogue") && each.contains("cri")));
  }

  @Test
  void aMissingProgramIsAStartError() {
    cluster.pod(
        "node-1",
        "m",
        "{'containers':[{'name':'c','image':'host','command':['no-such-program']}]}");
    Document pod =
        cluster.await(
            "m",
            each -> Cluster.container(each).at("/lastState/terminated/exitCode").asInt() == 128);
    assertThat(Cluster.container(pod).at("/lastState/terminated/message").asText())
        .isEqualTo("exec: \"no-such-program\": executable file not found in $PATH");
  }

  @Test
  void leftoversOfACrashAreFoundByTheStateDirectory() throws IOException {
    cluster.pod("node-1", "x", SLEEPER.formatted("env -i sleep 1000 & exec sleep 1000"));
    cluster.awaitReady("x");
    await().until(() -> processes().size() >= 2);
    assertThat(Leftovers.kill(state.resolve("other"))).isZero();
    assertThat(Leftovers.kill(state)).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aKilledSandboxIsMadeAnew() throws IOException {
    cluster.pod("node-1", "s", SLEEPER.formatted("exec sleep 1000"));
    cluster.awaitReady("s");
    long holder = kubelet.sandbox(Cluster.key("s")).getAsLong();
    assertThat(Processes.kill((int) holder, Processes.SIGKILL)).isTrue();
    cluster.await(
        "s",
        pod ->
            Cluster.container(pod).path("restartCount").asInt() == 1
                && Cluster.condition(pod, "Ready").equals("True"));
    assertThat(kubelet.sandbox(Cluster.key("s")).getAsLong()).isNotEqualTo(holder);
  }

  private String curl(Issued user, String path) throws IOException {
    return new String(started(user, path).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Process started(Issued user, String path) throws IOException {
    Path folder = Files.createDirectories(state.resolve("client"));
    Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    List<String> command =
        new ArrayList<>(List.of("curl", "-sSN", "-m", "60", "--cacert", folder + "/ca.pem"));
    if (user != null) {
      Files.writeString(folder.resolve("crt.pem"), user.certificatePem());
      Files.writeString(folder.resolve("key.pem"), user.keyPem());
      command.addAll(List.of("--cert", folder + "/crt.pem", "--key", folder + "/key.pem"));
    }
    command.add("https://10.111.0.11:10250" + path);
    return node.call(() -> new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  @Test
  void logsAreReadOverHttpsByThoseWhoMay() throws IOException {
    Issued master = authority.issueClient("apiserver", List.of("system:masters"));
    Path go = state.resolve("go");
    cluster.pod(
        "node-1",
        "logs",
        SLEEPER.formatted(
            "echo one; echo two >&2; until [ -e %s ]; do sleep 0.1; done; echo three; echo four"
                .formatted(go)));
    cluster.awaitReady("logs");
    String path = "/containerLogs/default/logs/c";
    assertThat(curl(null, path)).isEqualTo("Unauthorized\n");
    assertThat(curl(authority.issueClient("jane", List.of("dev")), path)).isEqualTo("Forbidden\n");
    try (BufferedReader followed = started(master, path + "?follow=true").inputReader()) {
      assertThat(List.of(followed.readLine(), followed.readLine()))
          .containsExactlyInAnyOrder("one", "two");
      Files.createFile(go);
      assertThat(followed.lines()).containsExactly("three", "four");
    }
    cluster.await("logs", pod -> Cluster.container(pod).path("restartCount").asInt() >= 1);
    assertThat(curl(master, path + "?previous=true&tailLines=2")).isEqualTo("three\nfour\n");
    assertThat(curl(master, path + "?previous=true&tailLines=1&timestamps=true"))
        .matches("2[0-9T:.-]+Z four\n");
    assertThat(curl(master, path + "?previous=true&limitBytes=2&tailLines=1")).isEqualTo("fo");
    assertThat(curl(master, "/containerLogs/default/none/c")).contains("not found");
    assertThat(curl(master, "/pods")).contains("\"kind\":\"PodList\"");
  }

  @Test
  void servicesAndConfigurationComeAsVariables() {
    cluster.create(
        Kinds.SERVICE,
        "{'metadata':{'name':'web-1'},'spec':{'clusterIP':'10.115.240.77','ports':[{'port':80}]}}");
    cluster.create(Kinds.CONFIG_MAP, "{'metadata':{'name':'m'},'data':{'k':'v'}}");
    cluster.pod(
        "node-1",
        "env",
        "{'containers':[{'name':'c','image':'host',"
            // The Service may become known after the pod; the next run has it then.
            + "'command':['sh','-c','[ $WEB_1_PORT ] || exit 1; env; exec sleep 1000'],"
            + "'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'m','key':'k'}}},"
            + "{'name':'B','value':'$(A)-$(WEB_1_SERVICE_HOST)'},"
            + "{'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}}]}]}");
    cluster.awaitReady("env");
    await()
        .untilAsserted(() ->
            assertThat(
                    log("env", Cluster.container(cluster.get("env")).path("restartCount").asInt()))
                .contains("WEB_1_PORT=tcp://10.115.240.77:80\n")
                .contains("B=v-10.115.240.77\n")
                .contains("IP=10.112.1.2\n")
                .contains("KUBERNETES_SERVICE_HOST=10.115.240.1\n"));
    cluster.pod(
        "node-1",
        "bad",
        "{'containers':[{'name':'c','image':'host','command':['true'],"
            + "'envFrom':[{'configMapRef':{'name':'none'}}]}]}");
    Document bad =
        cluster.await(
            "bad", pod -> Cluster.container(pod).at("/state/waiting/message").isTextual());
    assertThat(Cluster.container(bad).at("/state/waiting").toString())
        .contains("CreateContainerConfigError", "configmap \\\"none\\\" not found");
  }

  private String lastWords(String name, String fields) {
    cluster.pod(
        "node-1",
        name,
        "{'restartPolicy':'Never','containers':[{'name':'c','image':'host'," + fields + "}]}");
    Document ended =
        cluster.await(name, each -> Cluster.container(each).at("/state").has("terminated"));
    return Cluster.container(ended).at("/state/terminated/message").asText();
  }

  @Test
  void aContainerLeavesAMessage() {
    assertThat(
            lastWords(
                "said",
                "'command':['sh','-c','echo log; echo bye > /dev/termination-log; exit 3']"))
        .isEqualTo("bye\n");
    assertThat(
            lastWords(
                "elsewhere",
                "'terminationMessagePath':'/var/run/words/last','command':['sh','-c','printf"
                    + " %05000d 7 > /var/run/words/last']"))
        .hasSize(4096)
        .endsWith("7");
    String fallback =
        "'terminationMessagePolicy':'FallbackToLogsOnError','command':['sh','-c','echo oops; exit"
            + " %d']";
    assertThat(lastWords("failed", fallback.formatted(1))).isEqualTo("oops\n");
    assertThat(lastWords("fine", fallback.formatted(0))).isEmpty();
  }

  @Test
  void aContainerMayHaveATerminal() {
    cluster.pod(
        "node-1",
        "t",
        "{'containers':[{'name':'c','image':'host','stdin':true,'tty':true,'command':['sh','-c','tty;"
            + " test -t 0 && echo yes; exec sleep 1000']}]}");
    cluster.awaitReady("t");
    await().untilAsserted(() -> assertThat(log("t", 0)).contains("/dev/pts/").contains("yes"));
  }

  @Test
  void hooksRunAndFail() throws IOException {
    Path out = state.resolve("hooks");
    cluster.pod(
        "node-1",
        "h",
        "{'terminationGracePeriodSeconds':5,'containers':[{'name':'c','image':'host','command':['sleep','1000'],'lifecycle':{"
            + "'postStart':{'exec':{'command':['sh','-c','echo started >> %s']}},".formatted(out)
            + "'preStop':{'exec':{'command':['sh','-c','echo stops >> %s; exit 1']}}}}]}"
                .formatted(out));
    cluster.awaitReady("h");
    assertThat(Files.readString(out)).isEqualTo("started\n");
    cluster.delete("h", 5);
    cluster.awaitGone("h");
    assertThat(Files.readString(out)).isEqualTo("started\nstops\n");
    await().until(() -> cluster.events().contains("FailedPreStopHook: PreStopHook failed"));
    cluster.pod(
        "node-1",
        "p",
        "{'terminationGracePeriodSeconds':1,'restartPolicy':'Never','containers':[{'name':'c','image':'host','command':['sleep','1000'],"
            + "'lifecycle':{'postStart':{'exec':{'command':['false']}}}}]}");
    cluster.await("p", each -> each.status().path("phase").asText().equals("Failed"));
    await()
        .until(() ->
            cluster.events().contains("FailedPostStartHook: PostStartHook failed")
                && cluster.events().contains("Killing: FailedPostStartHook"));
  }
}
