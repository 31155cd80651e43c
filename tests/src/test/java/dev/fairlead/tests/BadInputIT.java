package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is refused with upstream's words, and nothing of it is stored. */
final class BadInputIT {
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "1", "--store", "memory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\": \"ConfigMap\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"Bad_Name\"}} | Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain",
        "{\"kind\": \"Frigate\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}} | no matches for kind \"Frigate\" in version \"v1\"",
        "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"ports\": [{\"port\": 0}]}} | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
        "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"ports\": [{\"port\": \"x\"}]}} | ServicePort.spec.ports.port of type int32",
        "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"type\": \"Carrier\", \"ports\": [{\"port\": 80}]}} | Unsupported value: \"Carrier\"",
        "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"prots\": [{\"port\": 80}]}} | unknown field \"spec.prots\"",
        "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"clusterIP\": \"1.2.3.4\", \"ports\": [{\"port\": 80}]}} | The range of valid IPs is 10.115.240.0/20",
        "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"clusterIP\": \"10.115.240.1\", \"ports\": [{\"port\": 80}]}} | provided IP is already allocated",
        "{\"kind\": \"ConfigMap\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\", \"namespace\": \"nowhere\"}} | namespaces \"nowhere\" not found",
      })
  void refused_withUpstreamsWords(String object, String words) {
    CommandResult result = cluster.kubectlWithInput(object, "create", "-f", "-");
    assertThat(result.refused()).contains(words);
    assertThat(cluster.kubectl("get", "services,configmaps", "-o", "name").out())
        .doesNotContain("/a\n");
  }

  @Test
  void malformed_isRefusedByTheServerItself() {
    String path = "/api/v1/namespaces/default/configmaps";
    assertThat(raw("{\"kind\": \"ConfigMap\", ", path)).contains("\"code\": 400");
    assertThat(raw("x".repeat(3 * 1024 * 1024 + 10), path)).contains("413", "Entity");
  }

  @Test
  void selectorsAndMissingThings() {
    assertThat(cluster.kubectl("get", "pods", "-l", "a=b=c").refused())
        .contains("found '=', expected: ',' or 'end of string'");
    assertThat(cluster.kubectl("get", "pods", "--field-selector", "spec.taste=good").refused())
        .contains("field label not supported: spec.taste");
    assertThat(cluster.kubectl("get", "pod", "nobody").refused())
        .contains("Error from server (NotFound): pods \"nobody\" not found");
    assertThat(cluster.kubectl("delete", "service", "nobody").refused())
        .contains("services \"nobody\" not found");
  }

  @Test
  void conflictingUpdate_is409() {
    cluster.kubectl("create", "configmap", "contested").ok();
    String old = cluster.kubectl("get", "configmap", "contested", "-o", "json").ok();
    cluster.kubectl("label", "configmap", "contested", "who=first").ok();
    assertThat(cluster.kubectlWithInput(old, "replace", "-f", "-").refused())
        .contains("(Conflict)", "the object has been modified; please apply your changes");
    assertThat(cluster.field("configmap", "contested", ".metadata.labels.who")).isEqualTo("first");
  }

  @Test
  void unknownImage_isToldInPodAndEvents() {
    cluster.kubectl("run", "stranger", "--image=example.com/stranger:1").ok();
    cluster.awaitKubectl(
        reason -> reason.equals("ErrImagePull") || reason.equals("ImagePullBackOff"),
        "get",
        "pod",
        "stranger",
        "-o",
        "jsonpath={.status.containerStatuses[0].state.waiting.reason}");
    cluster.awaitKubectl(
        text -> text.contains("catalogue") && text.contains("cri"), "describe", "pod", "stranger");
    cluster.kubectl("delete", "pod", "stranger").ok();
  }

  @Test
  void anonymous_isRefused() {
    CommandResult answer = cluster.outer.run("curl", "-sk", "https://127.0.0.1:6443/api/v1/pods");
    assertThat(answer.ok()).containsPattern("\"code\": ?40[13]");
    assertThat(cluster.outer.run("curl", "-sk", "https://127.0.0.1:6443/readyz").text())
        .isEqualTo("ok");
  }

  @Test
  void secondCluster_isToldWhoHasThePort() throws IOException {
    try (LocalClusterFixture second = LocalClusterFixture.createBeside(cluster)) {
      assertThat(second.fairlead("up").refused())
          .containsPattern("port 6443 on 127.0.0.1 is taken by java \\(pid \\d+\\)");
    }
  }

  @Test
  void commandLine_namesWhatIsWrong() {
    assertThat(cluster.fairlead("ssh", "node-9").refused()).contains("node-9");
    assertThat(cluster.fairlead("sail").refused()).contains("sail");
    assertThat(cluster.fairlead("ssh", "node-1", "--", "false").exitCode()).isEqualTo(1);
  }

  private static String raw(String body, String path) {
    CommandResult result =
        cluster.outer.runWithInput(body, "kubectl", "create", "--raw", path, "-f", "-", "-v=8");
    return result.refused();
  }
}
