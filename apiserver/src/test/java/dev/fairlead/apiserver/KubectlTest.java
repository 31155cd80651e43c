package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stock kubectl against the server: each version that is installed beside the one on the path.
 * Skipped where there is none.
 */
@Timeout(180)
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("dev.fairlead.apiserver.Kubectl#installed")
class KubectlTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec: {containers: [{name: c, image: i}]}
      """;
  private static final String EVENT =
      """
      apiVersion: events.k8s.io/v1
      kind: Event
      metadata: {name: e}
      eventTime: "2026-03-01T12:00:00.000000Z"
      reportingController: example.com/robot
      reportingInstance: robot-1
      action: Starting
      reason: Started
      type: Normal
      note: it runs
      regarding: {apiVersion: v1, kind: Pod, namespace: default, name: p}
      """;
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: node-1}
      """;
  private static final String EVICTABLE =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: p, labels: {app: a}}
      spec: {nodeName: node-1, containers: [{name: c, image: i}]}
      """;
  private static final String MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: m}
      data: {x: %s}
      """;

  private static final String RANGE =
      """
      apiVersion: networking.k8s.io/v1
      kind: ServiceCIDR
      metadata: {name: more}
      spec: {cidrs: [10.116.0.0/28]}
      """;
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: http}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress:
        - ports: [{protocol: TCP, port: 80}]
          from: [{ipBlock: {cidr: 10.0.0.0/8}}]
      """;

  @TempDir Path folder;
  private final Path kubectl;
  @AutoClose private TestServer server;

  KubectlTest(Path kubectl) {
    this.kubectl = kubectl;
  }

  @BeforeEach
  void start() throws IOException {
    server = new TestServer();
    file("config", server.kubeconfig());
  }

  @Test
  void createsReadsExplainsAndDeletes() throws Exception {
    assertThat(ok("get", "namespaces")).contains("default", "Active");
    assertThat(ok("create", "configmap", "one", "--from-literal=x=y"))
        .contains("configmap/one created");
    assertThat(ok("create", "deployment", "web", "--image=i", "--port=80"))
        .contains("deployment.apps/web created");
    assertThat(ok("get", "deployments", "-o", "wide"))
        .containsSubsequence("NAME", "READY", "UP-TO-DATE", "SELECTOR", "web", "app=web");
    assertThat(ok("create", "-f", file("pod.yaml", POD))).isEqualTo("pod/p created\n");
    assertThat(ok("get", "pods", "-o", "name")).isEqualTo("pod/p\n");
    assertThat(jsonPath("configmap/one", "{.data.x}")).isEqualTo("y");
    assertThat(ok("explain", "pod.spec.nodeName"))
        .containsPattern("(FIELD|KIND): +(Pod|nodeName)")
        .contains("<string>");
    assertThat(ok("explain", "deployments", "--recursive")).contains("matchLabels", "replicas");
    assertThat(run("get", "nothing"))
        .contains("the server doesn't have a resource type \"nothing\"");
    assertThat(ok("delete", "configmap", "one")).contains("deleted");
    assertThat(run("get", "configmap", "one"))
        .contains("Error from server (NotFound): configmaps \"one\" not found");
  }

  @Test
  void appliesAndScales() throws Exception {
    String web = file("web.yaml", Kubectl.DEPLOYMENT);
    assertThat(ok("apply", "-f", web)).isEqualTo("deployment.apps/web created\n");
    assertThat(ok("apply", "-f", web)).isEqualTo("deployment.apps/web unchanged\n");
    file(
        "web.yaml", Kubectl.DEPLOYMENT.replace("i:1", "i:2").replace("labels: {app: web}\n", "\n"));
    assertThat(ok("apply", "-f", web)).isEqualTo("deployment.apps/web configured\n");
    assertThat(ok("apply", "-f", web)).isEqualTo("deployment.apps/web unchanged\n");
    assertThat(jsonPath("deployment/web", "{.spec.template.spec.containers[*].image}"))
        .isEqualTo("i:2");
    assertThat(jsonPath("deployment/web", "{.metadata.labels}")).isEmpty();

    assertThat(ok("scale", "deployment/web", "--replicas=3")).contains("web scaled");
    assertThat(jsonPath("deployment/web", "{.spec.replicas}")).isEqualTo("3");
    assertThat(ok("set", "image", "deployment/web", "c=i:3")).contains("image updated");
    assertThat(ok("delete", "-f", web)).isEqualTo("deployment.apps \"web\" deleted\n");
  }

  @Test
  void patchesTheScaleSubresource() throws Exception {
    assumeTrue(ok("patch", "--help").contains("--subresource"), "kubectl 1.24 brought the flag");
    ok("create", "-f", file("web.yaml", Kubectl.DEPLOYMENT));
    for (String type : List.of("merge", "strategic")) {
      String patch = "{\"spec\":{\"replicas\":%d}}".formatted(type.length());
      ok("patch", "deployment", "web", "--subresource=scale", "--type=" + type, "-p", patch);
      assertThat(jsonPath("deployment/web", "{.spec.replicas}")).isEqualTo("" + type.length());
    }
  }

  @Test
  void labelsPatchesReplacesAndEdits() throws Exception {
    String map = file("map.yaml", MAP.formatted("one"));
    assertThat(ok("create", "-f", map)).isEqualTo("configmap/m created\n");
    assertThat(ok("label", "configmap", "m", "a=b")).isEqualTo("configmap/m labeled\n");
    assertThat(ok("annotate", "configmap", "m", "c=d")).startsWith("configmap/m annotate");
    assertThat(jsonPath("configmap/m", "{.metadata.labels.a}{.metadata.annotations.c}"))
        .isEqualTo("bd");
    ok("patch", "configmap", "m", "-p", "{\"data\":{\"s\":\"1\"}}");
    ok("patch", "configmap", "m", "--type=merge", "-p", "{\"data\":{\"t\":\"2\"}}");
    String json = "[{\"op\":\"add\",\"path\":\"/data/u\",\"value\":\"3\"}]";
    assertThat(ok("patch", "configmap", "m", "--type=json", "-p", json))
        .isEqualTo("configmap/m patched\n");
    assertThat(jsonPath("configmap/m", "{.data.s}{.data.t}{.data.u}")).isEqualTo("123");
    file("map.yaml", MAP.formatted("two"));
    assertThat(ok("replace", "-f", map)).isEqualTo("configmap/m replaced\n");
    assertThat(jsonPath("configmap/m", "{.data}")).isEqualTo("{\"x\":\"two\"}");
    assertThat(ok("edit", "configmap", "m")).isEqualTo("configmap/m edited\n");
    assertThat(jsonPath("configmap/m", "{.data.x}")).isEqualTo("edited");
    assertThat(ok("delete", "configmaps", "--all")).contains("\"m\" deleted");
  }

  @Test
  void createsAndDescribesWhatIsOfTheNetwork() throws Exception {
    assertThat(ok("create", "ingress", "web", "--class=c", "--rule=a.b/x*=web:80,tls=s"))
        .contains("Warning: Ingress \"web\" is stored, but no ingress controller comes with")
        .contains("ingress.networking.k8s.io/web created");
    assertThat(ok("get", "ingress"))
        .containsSubsequence("NAME", "CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE")
        .containsPattern("web +c +a.b +80, 443");
    assertThat(ok("describe", "ingress", "web"))
        .containsSubsequence("Ingress Class:", "c", "s terminates a.b", "a.b", "/x", "web:80");
    String policy = file("policy.yaml", POLICY);
    assertThat(ok("apply", "-f", policy))
        .contains("Warning: NetworkPolicy \"http\" is stored but not enforced by this cluster")
        .contains("networkpolicy.networking.k8s.io/http created");
    assertThat(ok("apply", "-f", policy)).contains("http unchanged");
    assertThat(ok("get", "netpol")).containsPattern("http +app=web");
    assertThat(ok("describe", "networkpolicy", "http"))
        .containsSubsequence("To Port: 80/TCP", "CIDR: 10.0.0.0/8", "Policy Types: Ingress");
  }

  @Test
  void showsWhereClusterIpsComeFromAndWhoHasThem() throws Exception {
    ok("create", "-f", file("range.yaml", RANGE));
    assertThat(ok("get", "servicecidrs"))
        .containsSubsequence("NAME", "CIDRS", "AGE")
        .containsPattern("more +10.116.0.0/28 +\\d+s");
    ok("create", "service", "clusterip", "web", "--tcp=80", "--clusterip=10.116.0.3");
    assertThat(ok("get", "ipaddresses"))
        .containsSubsequence("NAME", "PARENTREF")
        .containsPattern("10.116.0.3 +services/default/web");
    ok("delete", "service", "web");
    assertThat(run("get", "ipaddresses")).contains("No resources found");
  }

  @Test
  void namesFieldsThatDoNotExist() throws Exception {
    String wrong = file("pod.yaml", POD.replace("image: i", "image: i, nosuch: 1"));
    assertThat(run("create", "-f", wrong))
        .containsPattern("unknown field \"(spec.containers\\[0\\].)?nosuch\"");
    assertThat(ok("create", "-f", wrong, "--validate=false")).contains("pod/p created");
    assertThat(jsonPath("pod/p", "{.spec.containers[0].nosuch}")).isEmpty();
  }

  @Test
  void validationIsAsStrictAsAsked() throws Exception {
    assumeTrue(ok("create", "--help").contains("ignore"), "kubectl 1.25 brought the choice");
    String wrong = file("wrong.yaml", MAP.formatted("one") + "foo: bar\n");
    assertThat(run("create", "-f", wrong, "--validate=strict"))
        .contains("strict decoding error: unknown field \"foo\"");
    assertThat(ok("create", "-f", wrong, "--validate=warn"))
        .contains("Warning: unknown field \"foo\"", "configmap/m created");
    ok("delete", "configmap", "m");
    assertThat(ok("create", "-f", wrong, "--validate=ignore")).isEqualTo("configmap/m created\n");
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    String map = file("map.yaml", MAP.formatted("one"));
    assertThat(ok("create", "-f", map, "--dry-run=server"))
        .isEqualTo("configmap/m created (server dry run)\n");
    assertThat(run("get", "configmap", "m")).contains("not found");
    ok("create", "-f", map);
    String before = jsonPath("configmap/m", "{.metadata.resourceVersion}");
    ok("label", "configmap", "m", "a=b", "--dry-run=server");
    ok("patch", "configmap", "m", "-p", "{\"data\":{\"s\":\"1\"}}", "--dry-run=server");
    ok("apply", "-f", map, "--dry-run=server");
    ok("replace", "-f", map, "--dry-run=server");
    ok("delete", "configmap", "m", "--dry-run=server");
    assertThat(jsonPath("configmap/m", "{.metadata.resourceVersion}")).isEqualTo(before);
  }

  @Test
  void pagesAndPoliciesOfDeletion() throws Exception {
    for (String name : List.of("one", "two", "three")) {
      ok("create", "configmap", name);
    }
    assertThat(ok("get", "configmaps", "--chunk-size=1", "-o", "name"))
        .isEqualTo("configmap/one\nconfigmap/three\nconfigmap/two\n");
    assumeTrue(ok("delete", "--help").contains("foreground"), "kubectl 1.20 brought the choice");
    ok("delete", "configmap", "one", "--cascade=orphan", "--wait=false");
    ok("delete", "configmap", "two", "--cascade=foreground", "--wait=false");
    ok("delete", "configmap", "three", "--cascade=background");
    // Nobody plays the garbage collector here.
    assertThat(jsonPath("configmap/one", "{.metadata.finalizers}")).isEqualTo("[\"orphan\"]");
    assertThat(jsonPath("configmap/two", "{.metadata.finalizers}"))
        .isEqualTo("[\"foregroundDeletion\"]");
    assertThat(run("get", "configmap", "three")).contains("not found");
  }

  @Test
  void createsTokensAndAsksWhatIsAllowed() throws Exception {
    ok("create", "serviceaccount", "robot");
    assertThat(ok("auth", "can-i", "create", "pods")).contains("yes");
    assertThat(ok("auth", "can-i", "--list")).contains("*.*");
    assumeTrue(run("auth", "whoami", "--help").contains("whoami"), "kubectl 1.27 brought it");
    assumeTrue(
        !run("auth", "whoami").contains("selfsubjectreviews API is not enabled"),
        "kubectl 1.28 knows authentication.k8s.io/v1");
    assertThat(ok("auth", "whoami")).contains("admin", "system:masters");
    String token = ok("create", "token", "robot", "--duration=15m").strip();
    file("token-config", server.kubeconfig(token));
    assertThat(ok("auth", "whoami", "--kubeconfig", folder.resolve("token-config").toString()))
        .contains("system:serviceaccount:default:robot", "system:serviceaccounts");
  }

  @Test
  void limitsQuotasAndPriorities() throws Exception {
    assertThat(ok("create", "priorityclass", "high", "--value=1000")).contains("high created");
    assertThat(ok("get", "priorityclasses"))
        .containsSubsequence("NAME", "VALUE", "GLOBAL-DEFAULT", "high", "1000", "false");
    assertThat(ok("create", "quota", "q", "--hard=pods=2,services=1")).contains("q created");
    assertThat(ok("get", "quota", "q")).contains("q");
    ok("create", "poddisruptionbudget", "b", "--selector=app=a", "--min-available=50%");
    assertThat(ok("get", "pdb"))
        .containsSubsequence(
            "NAME", "MIN AVAILABLE", "MAX UNAVAILABLE", "ALLOWED DISRUPTIONS", "b", "50%", "N/A");
    assertThat(ok("describe", "pdb", "b")).contains("Min available:");
    assertThat(ok("describe", "quota", "q")).contains("q");
  }

  @Test
  void drainsANodeUnlessABudgetIsAgainstIt() throws Exception {
    ok("create", "-f", file("node.yaml", NODE));
    ok("create", "-f", file("pod.yaml", EVICTABLE));
    ok("create", "poddisruptionbudget", "b", "--selector=app=a", "--min-available=1");
    assumeTrue(ok("patch", "--help").contains("--subresource"), "kubectl 1.24 brought the flag");
    String running =
        "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}";
    ok("patch", "pod", "p", "--subresource=status", "--type=merge", "-p", running);
    // Nobody plays the disruption controller here: a budget without status makes kubectl wait.
    String counted =
        "{\"status\":{\"observedGeneration\":1,\"disruptionsAllowed\":0,\"currentHealthy\":1,\"desiredHealthy\":1,\"expectedPods\":1}}";
    ok("patch", "pdb", "b", "--subresource=status", "--type=merge", "-p", counted);
    assertThat(ok("cordon", "node-1")).isEqualTo("node/node-1 cordoned\n");
    assertThat(run("drain", "node-1", "--force", "--grace-period=0", "--timeout=4s"))
        .contains("Cannot evict pod as it would violate the pod's disruption budget.");
    ok("delete", "pdb", "b");
    assertThat(ok("drain", "node-1", "--force", "--grace-period=0", "--timeout=20s"))
        .contains("pod/p evicted");
    assertThat(ok("uncordon", "node-1")).isEqualTo("node/node-1 uncordoned\n");
  }

  @Test
  void eventsInBothVersions() throws Exception {
    ok("create", "-f", file("event.yaml", EVENT));
    assertThat(ok("get", "events")).containsSubsequence("REASON", "Started", "pod/p", "it runs");
    assertThat(ok("get", "events.events.k8s.io"))
        .containsSubsequence("REASON", "Started", "pod/p", "it runs");
    assertThat(ok("get", "events.events.k8s.io", "e", "-o", "jsonpath={.note}{.regarding.name}"))
        .isEqualTo("it runsp");
    assumeTrue(run("events", "--help").contains("kubectl events"), "kubectl 1.26 brought it");
    assertThat(ok("events", "--for", "pod/p")).contains("Started", "it runs");
  }

  private String jsonPath(String name, String path) throws Exception {
    return kubectl().jsonPath(name, path);
  }

  private String ok(String... arguments) throws Exception {
    return kubectl().ok(arguments);
  }

  private String run(String... arguments) throws Exception {
    return kubectl().run(arguments);
  }

  private String file(String name, String text) throws IOException {
    return kubectl().file(name, text);
  }

  private Kubectl kubectl() {
    return new Kubectl(kubectl, folder);
  }
}
