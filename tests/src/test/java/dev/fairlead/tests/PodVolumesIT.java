package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Volumes as kubectl and the programs in a pod see them. */
final class PodVolumesIT {
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "1", "--store", "memory");
  }

  @AfterAll
  static void down() {
    cluster.fairlead("down", "--delete").ok();
    cluster.assertNothingLeft();
    assertThat(Path.of("/no-such-config")).doesNotExist();
  }

  private static CommandResult exec(String pod, String container, String script) {
    return cluster.kubectl("exec", pod, "-c", container, "--", "sh", "-c", script);
  }

  @Test
  void aConfigMapIsSeenAndFollowed() {
    cluster.kubectl("create", "configmap", "settings", "--from-literal=color=blue").ok();
    cluster.kubectl("create", "secret", "generic", "keys", "--from-literal=key=s3cret").ok();
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: reader, labels: {tier: one}}
        spec:
          volumes:
          - {name: config, configMap: {name: settings}}
          - {name: keys, secret: {secretName: keys, defaultMode: 0400}}
          - {name: scratch, emptyDir: {}}
          - name: about
            downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}
          containers:
          - name: a
            image: host
            command: [sleep, "1000"]
            volumeMounts:
            - {name: config, mountPath: /no-such-config}
            - {name: keys, mountPath: /etc/no-such-keys}
            - {name: scratch, mountPath: /no-such-scratch}
            - {name: about, mountPath: /no-such-about}
          - name: b
            image: host
            command: [sleep, "1000"]
            volumeMounts:
            - {name: scratch, mountPath: /no-such-config}
        """);
    cluster.kubectl("wait", "--for=condition=Ready", "pod/reader", "--timeout=60s").ok();
    assertThat(exec("reader", "a", "cat /no-such-config/color /etc/no-such-keys/key").ok())
        .isEqualTo("blues3cret");
    assertThat(exec("reader", "a", "stat -Lc %a /etc/no-such-keys/key").text()).isEqualTo("400");
    assertThat(exec("reader", "a", "echo x > /no-such-config/color").refused())
        .contains("Read-only file system");
    exec("reader", "a", "echo shared > /no-such-scratch/file").ok();
    assertThat(exec("reader", "b", "cat /no-such-config/file").text()).isEqualTo("shared");
    cluster
        .kubectl("patch", "configmap", "settings", "-p", "{\"data\":{\"color\":\"green\"}}")
        .ok();
    cluster.kubectl("label", "pod", "reader", "tier=two", "--overwrite").ok();
    awaitOutput("green", "cat /no-such-config/color");
    awaitOutput("tier=\"two\"", "cat /no-such-about/labels");
  }

  private static void awaitOutput(String expected, String script) {
    cluster.awaitKubectl(expected::equals, "exec", "reader", "-c", "a", "--", "sh", "-c", script);
  }

  @Test
  void aPodWaitsForItsSecretAndSaysSo() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: waiting}
        spec:
          volumes: [{name: v, secret: {secretName: late}}]
          containers:
          - name: c
            image: host
            command: [sleep, "1000"]
            volumeMounts: [{name: v, mountPath: /no-such-late}]
        """);
    String said = "MountVolume.SetUp failed for volume \"v\" : secret \"late\" not found";
    cluster.awaitKubectl(out -> out.contains(said), "describe", "pod", "waiting");
    assertThat(cluster.kubectl("get", "pod", "waiting").ok()).contains("ContainerCreating");
    cluster.kubectl("create", "secret", "generic", "late", "--from-literal=k=v").ok();
    cluster.kubectl("wait", "--for=condition=Ready", "pod/waiting", "--timeout=60s").ok();
    assertThat(exec("waiting", "c", "cat /no-such-late/k").text()).isEqualTo("v");
  }

  @Test
  void whatIsNotSupportedIsNamed() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: claims}
        spec:
          volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]
          containers: [{name: c, image: host, command: ["true"]}]
        """);
    cluster.awaitKubectl(
        out -> out.contains("spec.volumes[0].persistentVolumeClaim is not supported"),
        "describe",
        "pod",
        "claims");
  }

  @Test
  void copiesGoIntoVolumes() throws IOException {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: inbox}
        spec:
          volumes: [{name: v, emptyDir: {}}]
          containers:
          - name: c
            image: host
            command: [sleep, "1000"]
            volumeMounts: [{name: v, mountPath: /no-such-inbox}]
        """);
    cluster.kubectl("wait", "--for=condition=Ready", "pod/inbox", "--timeout=60s").ok();
    Path sent = Files.writeString(cluster.home.getParent().resolve("sent"), "a letter");
    cluster.kubectl("cp", sent.toString(), "inbox:/no-such-inbox/letter").ok();
    assertThat(exec("inbox", "c", "cat /no-such-inbox/letter").text()).isEqualTo("a letter");
    assertThat(Path.of("/no-such-inbox")).doesNotExist();
  }

  @Test
  void aPodCallsTheApiWithItsOwnToken() {
    cluster.kubectl("run", "caller", "--image=host", "--command", "--", "sleep", "1000").ok();
    cluster.kubectl("wait", "--for=condition=Ready", "pod/caller", "--timeout=60s").ok();
    String call =
        "cd /var/run/secrets/kubernetes.io/serviceaccount && curl -sS -m 20 --cacert ca.crt"
            + " -H \"Authorization: Bearer $(cat token)\""
            + " https://kubernetes.default/api/v1/namespaces/$(cat namespace)/pods";
    assertThat(exec("caller", "caller", call).ok()).contains("PodList", "caller");
    assertThat(Path.of("/run/secrets/kubernetes.io")).doesNotExist();
  }
}
