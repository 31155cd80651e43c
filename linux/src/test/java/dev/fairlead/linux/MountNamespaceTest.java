package dev.fairlead.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountNamespaceTest {
  @TempDir Path folder;

  @BeforeEach
  void root() {
    Root.assume();
  }

  private static MountNamespace copyOfOurs() throws IOException {
    try (MountNamespace own = MountNamespace.of(ProcessHandle.current().pid())) {
      return own.copy();
    }
  }

  private static String here() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/mnt")).toString();
  }

  @Test
  void whatIsMountedInACopyIsSeenThereOnly() throws IOException {
    Path target = Files.createDirectory(folder.resolve("t"));
    try (MountNamespace copy = copyOfOurs()) {
      copy.call(() -> {
        Mounts.tmpfs(target, "mode=700,size=1m");
        return Files.writeString(target.resolve("file"), "inside");
      });
      assertThat(target.resolve("file")).doesNotExist();
      String seen = copy.call(() -> Files.readString(target.resolve("file")));
      assertThat(seen).isEqualTo("inside");
      assertThat(copy.<String>call(MountNamespaceTest::here)).isNotEqualTo(here());
    }
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
  }

  @Test
  void aReadOnlyBindRefusesWritersAndItsSourceDoesNot() throws IOException {
    Path source = Files.createDirectory(folder.resolve("s"));
    Path target = Files.createDirectory(folder.resolve("t"));
    try (MountNamespace copy = copyOfOurs()) {
      copy.call(() -> {
        Mounts.bind(source, target, false);
        Mounts.readOnly(target, false);
        return null;
      });
      Files.writeString(source.resolve("file"), "outside");
      assertThat(copy.<String>call(() -> Files.readString(target.resolve("file"))))
          .isEqualTo("outside");
      assertThatThrownBy(() -> copy.call(() -> Files.writeString(target.resolve("other"), "")))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("Read-only file system");
    }
  }

  @Test
  void aNewRootIsWhatProcessesSeeThatEnter() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    try (MountNamespace copy = copyOfOurs()) {
      copy.call(() -> {
        Mounts.tmpfs(root, "size=1m");
        for (String each : new String[] {"usr", "proc"}) {
          Mounts.bind(Path.of("/", each), Files.createDirectory(root.resolve(each)), true);
        }
        for (String each : new String[] {"bin", "lib", "lib64"}) {
          if (Files.isSymbolicLink(Path.of("/", each))) {
            Files.createSymbolicLink(
                root.resolve(each), Files.readSymbolicLink(Path.of("/", each)));
          } else if (Files.exists(Path.of("/", each))) {
            Mounts.bind(Path.of("/", each), Files.createDirectory(root.resolve(each)), true);
          }
        }
        Mounts.becomeRoot(root);
        return Files.createDirectory(Path.of("/only-here"));
      });
      Process process =
          new ProcessBuilder(
                  "nsenter",
                  "--mount=/proc/%d/fd/%d"
                      .formatted(ProcessHandle.current().pid(), copy.descriptor()),
                  "ls",
                  "/")
              .redirectErrorStream(true)
              .start();
      String listed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(listed.lines()).contains("only-here", "usr", "proc").doesNotContain("root");
      assertThat(Path.of("/only-here")).doesNotExist();
    }
  }

  @Test
  void aRefusalNamesWhatWasToBeMountedWhere() throws IOException {
    try (MountNamespace copy = copyOfOurs()) {
      assertThatThrownBy(() ->
              copy.call(() -> {
                Mounts.bind(Path.of("/no/such"), folder, false);
                return null;
              }))
          .hasMessage("bind /no/such to %s: No such file or directory", folder);
    }
  }

  @Test
  void mountsOfTheMachineAreOutOfReach() {
    assertThatThrownBy(() -> Mounts.tmpfs(folder, "size=1m"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aClosedNamespaceSaysSo() throws IOException {
    MountNamespace copy = copyOfOurs();
    copy.close();
    copy.close();
    assertThatThrownBy(() -> copy.call(() -> null)).hasMessage("the mount namespace is closed");
  }
}
