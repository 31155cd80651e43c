package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Server-side apply, as stock kubectl does it. */
@Timeout(180)
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("dev.fairlead.apiserver.Kubectl#installed")
class KubectlApplyTest {
  @TempDir Path folder;
  private final Path binary;
  @AutoClose private TestServer server;
  private Kubectl kubectl;

  KubectlApplyTest(Path binary) {
    this.binary = binary;
  }

  @BeforeEach
  void start() throws IOException {
    server = new TestServer();
    kubectl = new Kubectl(binary, folder);
    kubectl.file("config", server.kubeconfig());
  }

  @Test
  void appliesMeetsConflictsAndForces() throws Exception {
    String web = kubectl.file("web.yaml", Kubectl.DEPLOYMENT);
    assertThat(kubectl.ok("apply", "--server-side", "-f", web))
        .isEqualTo("deployment.apps/web serverside-applied\n");
    String version = kubectl.jsonPath("deployment/web", "{.metadata.resourceVersion}");
    assertThat(kubectl.ok("apply", "--server-side", "-f", web))
        .isEqualTo("deployment.apps/web serverside-applied\n");
    assertThat(kubectl.jsonPath("deployment/web", "{.metadata.resourceVersion}"))
        .isEqualTo(version);

    kubectl.ok("scale", "deployment/web", "--replicas=3");
    Kubectl.Ran refused = kubectl.execute("apply", "--server-side", "-f", web);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output())
        .contains(
            "Apply failed with 1 conflict: conflict with \"%s\" with subresource \"scale\" using apps/v1: .spec.replicas"
                .formatted(binary.getFileName()));
    kubectl.ok("apply", "--server-side", "--force-conflicts", "-f", web);
    assertThat(kubectl.jsonPath("deployment/web", "{.spec.replicas}")).isEqualTo("1");

    kubectl.file(
        "web.yaml", Kubectl.DEPLOYMENT.replace("  replicas: 1\n", "").replace("i:1", "i:2"));
    kubectl.ok("apply", "--server-side", "-f", web);
    assertThat(kubectl.jsonPath("deployment/web", "{.spec.template.spec.containers[*].image}"))
        .isEqualTo("i:2");
  }

  @Test
  void showsManagersAndDifferences() throws Exception {
    String web = kubectl.file("web.yaml", Kubectl.DEPLOYMENT);
    kubectl.ok("apply", "--server-side", "--field-manager=git", "-f", web);

    assertThat(kubectl.ok("get", "deployment", "web", "-o", "yaml"))
        .doesNotContain("managedFields");
    assertThat(kubectl.ok("get", "deployment", "web", "-o", "yaml", "--show-managed-fields"))
        .contains("managedFields:", "f:replicas: {}", "manager: git", "operation: Apply")
        .contains("k:{\"containerPort\":80,\"protocol\":\"TCP\"}:");
    assertThat(kubectl.execute("diff", "--server-side", "--field-manager=git", "-f", web).status())
        .isZero();
    kubectl.file("web.yaml", Kubectl.DEPLOYMENT.replace("i:1", "i:2"));
    Kubectl.Ran differs =
        kubectl.execute("diff", "--server-side", "--field-manager=git", "-f", web);
    assertThat(differs.status()).as(differs.output()).isEqualTo(1);
    assertThat(differs.output()).contains("-      - image: i:1", "+      - image: i:2");
    assertThat(kubectl.jsonPath("deployment/web", "{.spec.template.spec.containers[0].image}"))
        .isEqualTo("i:1");
  }

  @Test
  void movesFromTheClientsSideToTheServers() throws Exception {
    String web = kubectl.file("web.yaml", Kubectl.DEPLOYMENT);
    kubectl.ok("apply", "-f", web);
    kubectl.file(
        "web.yaml",
        Kubectl.DEPLOYMENT.replace("i:1", "i:2").replace("  labels: {app: web}\nspec", "spec"));

    assertThat(kubectl.ok("apply", "--server-side", "-f", web))
        .contains("deployment.apps/web serverside-applied");

    assertThat(kubectl.jsonPath("deployment/web", "{.spec.template.spec.containers[0].image}"))
        .isEqualTo("i:2");
    assertThat(kubectl.jsonPath("deployment/web", "{.metadata.labels}")).isEmpty();
    assertThat(kubectl.ok("get", "deployment", "web", "-o", "yaml", "--show-managed-fields"))
        .contains("manager: kubectl\n")
        .doesNotContain("kubectl-client-side-apply");
    assertThat(kubectl.ok("apply", "--server-side", "--dry-run=server", "-f", web))
        .contains("serverside-applied (server dry run)");
  }

  @Test
  void refusesFieldsThatDoNotExist() throws Exception {
    String wrong =
        kubectl.file("web.yaml", Kubectl.DEPLOYMENT.replace("replicas: 1", "replicsa: 1"));

    assertThat(kubectl.run("apply", "--server-side", "-f", wrong))
        .contains(".spec.replicsa: field not declared in schema");
  }
}
