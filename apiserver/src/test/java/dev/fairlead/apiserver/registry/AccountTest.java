package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.store.MemoryStore;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {
  private static final String FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

  @AutoClose
  private final Bench bench =
      new Bench(new MemoryStore(), RegistrySettings.DEFAULT.withServiceAccounts());

  @BeforeEach
  void start() {
    bench.create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
  }

  @Test
  void aPodGetsItsAccountsTokenWhereClientsLook() {
    account("default", "");
    Document pod = pod("containers: [{name: c, image: i}], initContainers: [{name: d, image: i}]");
    assertThat(Bench.text(pod, "/spec/serviceAccountName")).isEqualTo("\"default\"");
    assertThat(Bench.text(pod, "/spec/serviceAccount")).isEqualTo("\"default\"");
    assertThat(pod.tree().at("/metadata/managedFields/0/fieldsV1/f:spec").properties())
        .extracting(Map.Entry::getKey) // What admission adds has no manager.
        .contains("f:containers")
        .doesNotContain("f:serviceAccountName", "f:serviceAccount", "f:volumes");
    String volume = pod.spec().at("/volumes/0/name").asText();
    assertThat(volume).matches("kube-api-access-[a-z0-9]{5}");
    for (String list : new String[] {"containers", "initContainers"}) {
      assertThat(Bench.text(pod, "/spec/%s/0/volumeMounts".formatted(list)))
          .isEqualTo(
              "[{\"name\":\"%s\",\"readOnly\":true,\"mountPath\":\"%s\"}]"
                  .formatted(volume, FOLDER));
    }
    assertThat(pod.spec().at("/volumes/0/projected"))
        .isEqualTo(
            Bench.document(
                    "{sources: [{serviceAccountToken: {expirationSeconds: 3607, path: token}},"
                        + " {configMap: {name: kube-root-ca.crt, items: [{key: ca.crt, path: ca.crt}]}},"
                        + " {downwardAPI: {items: [{path: namespace, fieldRef: {apiVersion: v1, fieldPath: metadata.namespace}}]}}],"
                        + " defaultMode: 420}")
                .tree());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                      | ''                                      | true
          ', automountServiceAccountToken: false' | ''                                      | false
          ', automountServiceAccountToken: false' | ', automountServiceAccountToken: true'  | true
          ''                                      | ', automountServiceAccountToken: false' | false
          """)
  void thePodDecidesThenTheAccount(String account, String spec, boolean mounted) {
    account("robot", account);
    Document pod = pod("serviceAccountName: robot, containers: [{name: c, image: i}]" + spec);
    assertThat(pod.spec().has("volumes")).isEqualTo(mounted);
  }

  @Test
  void whatIsMountedThereStays() {
    account("default", "");
    Document pod =
        pod(
            "volumes: [{name: own, emptyDir: {}}], containers: [{name: c, image: i, volumeMounts: [{name: own, mountPath: %s}]}]"
                .formatted(FOLDER));
    assertThat(pod.spec().path("volumes")).hasSize(1);
  }

  @Test
  void pullSecretsAreThoseOfTheAccount() {
    account("default", ", imagePullSecrets: [{name: s}]");
    assertThat(Bench.text(pod("containers: [{name: c, image: i}]"), "/spec/imagePullSecrets"))
        .isEqualTo("[{\"name\":\"s\"}]");
  }

  @Test
  void anUnknownAccountIsRefused() {
    assertThatThrownBy(() -> pod("serviceAccountName: nobody, containers: [{name: c, image: i}]"))
        .hasMessage(
            "pods \"p\" is forbidden: error looking up service account default/nobody: serviceaccount \"nobody\" not found");
  }

  @Test
  void theDefaultAccountMayComeAMomentLater() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Document> pod = threads.submit(() -> pod("containers: [{name: c, image: i}]"));
      while (bench.registry.cache().watchers(Kinds.SERVICE_ACCOUNT) == 0 && !pod.isDone()) {
        Thread.onSpinWait();
      }
      account("default", "");
      assertThat(pod.get().spec().path("volumes")).hasSize(1);
    }
  }

  private void account(String name, String fields) {
    bench.create(
        Kinds.SERVICE_ACCOUNT, "default", "{metadata: {name: %s}%s}".formatted(name, fields));
  }

  private Document pod(String spec) {
    return bench.create(Kinds.POD, "default", "{metadata: {name: p}, spec: {%s}}".formatted(spec));
  }
}
