package dev.fairlead.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.codec.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubeconfigFileTest {
  private static final KubeconfigFile.Access ACCESS =
      new KubeconfigFile.Access("https://127.0.0.1:6443", "CA\n", "CERT\n", "KEY\n");

  @TempDir Path folder;

  @Test
  void merge_makesAFileThatOnlyItsOwnerReads() throws IOException {
    KubeconfigFile file = new KubeconfigFile(folder.resolve("deep/config"));
    file.merge(ACCESS);
    assertThat(file.access()).isEqualTo(ACCESS);
    assertThat(tree(file).path("current-context").asText()).isEqualTo("fairlead");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void mergeTwice_keepsOneEntry_andWhatOthersWrote() throws IOException {
    KubeconfigFile file = new KubeconfigFile(folder.resolve("config"));
    Files.writeString(
        file.path(),
        """
        apiVersion: v1
        kind: Config
        current-context: work
        clusters:
        - name: work
          cluster: {server: https://work.example}
        users: null
        """);
    file.merge(ACCESS);
    file.merge(ACCESS);
    assertThat(tree(file).path("clusters")).hasSize(2);
    assertThat(tree(file).path("users")).hasSize(1);
    file.takeOut();
    assertThat(tree(file).path("clusters")).hasSize(1);
    assertThat(tree(file).path("clusters").path(0).path("name").asText()).isEqualTo("work");
    assertThat(tree(file).path("current-context").asText()).isEmpty();
  }

  @Test
  void aSymbolicLink_staysOne() throws IOException {
    Path real = folder.resolve("real");
    Files.writeString(real, "apiVersion: v1\nkind: Config\n");
    Path link = Files.createSymbolicLink(folder.resolve("config"), real);
    new KubeconfigFile(link).merge(ACCESS);
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(real)).contains("fairlead");
  }

  @Test
  void whatIsNoKubeconfig_isRefused_andLeftAlone() throws IOException {
    Path path = folder.resolve("config");
    for (String text : new String[] {"- a\n- b\n", "a: b: c"}) {
      Files.writeString(path, text);
      assertThatThrownBy(() -> new KubeconfigFile(path).merge(ACCESS))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("--kubeconfig FILE");
      assertThat(Files.readString(path)).isEqualTo(text);
    }
  }

  @Test
  void usual_isTheFirstOfTheVariable_elseInTheHome() {
    Path home = Path.of("/home/someone");
    assertThat(KubeconfigFile.usual(Map.of("KUBECONFIG", "/a:/b"), home).path())
        .isEqualTo(Path.of("/a"));
    assertThat(KubeconfigFile.usual(Map.of(), home).path())
        .isEqualTo(Path.of("/home/someone/.kube/config"));
  }

  private static com.fasterxml.jackson.databind.JsonNode tree(KubeconfigFile file)
      throws IOException {
    return Yaml.parse(Files.readAllBytes(file.path()));
  }
}
