package dev.fairlead.kubelet.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.kubelet.Root;
import dev.fairlead.kubelet.root.ContainerMount.Access;
import dev.fairlead.linux.MountNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real mounts, in namespaces that are gone after each test. */
class ContainerRootTest {
  @TempDir Path folder;
  private MountNamespace machine;
  private Path place;
  private Path volume;

  @BeforeEach
  void start() throws IOException {
    Root.assume();
    machine = MountNamespace.of(ProcessHandle.current().pid());
    place = Files.createDirectory(folder.resolve("root"));
    volume = Files.createDirectory(folder.resolve("volume"));
    Files.writeString(volume.resolve("file"), "in the volume");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    if (machine != null) {
      machine.close();
      assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
      assertThat(place).isEmptyDirectory();
    }
  }

  private MountNamespace create(boolean readOnly, ContainerMount... mounts) throws IOException {
    return ContainerRoot.create(machine, place, List.of(mounts), readOnly);
  }

  private ContainerMount at(String target) {
    return ContainerMount.of(volume, Path.of(target));
  }

  private static String sh(MountNamespace root, String command) throws IOException {
    Process process =
        new ProcessBuilder(
                "nsenter",
                "--mount=/proc/%d/fd/%d"
                    .formatted(ProcessHandle.current().pid(), root.descriptor()),
                "sh",
                "-c",
                command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void mountPointsThatTheMachineDoesNotHaveLeaveNothingOnIt() throws IOException {
    List<String> targets =
        List.of(
            "/no-such-place", "/etc/no-such/place", "/run/no-such", "/usr/share/no/such", "/mnt");
    try (MountNamespace root =
        create(false, targets.stream().map(this::at).toArray(ContainerMount[]::new))) {
      for (String each : targets) {
        assertThat(sh(root, "cat " + each + "/file")).isEqualTo("in the volume");
      }
      // What stood beside them is still there.
      assertThat(sh(root, "cat /etc/passwd")).isEqualTo(Files.readString(Path.of("/etc/passwd")));
      assertThat(sh(root, "ls -id /usr/bin/env; readlink /proc/self/exe; : > /dev/null"))
          .isEqualTo(sh(machine, "ls -id /usr/bin/env; readlink /proc/self/exe; : > /dev/null"));
      assertThat(sh(root, "stat -c '%a %u' /etc /tmp"))
          .isEqualTo(sh(machine, "stat -c '%a %u' /etc /tmp"));
      assertThat(sh(root, "echo new > /mnt/new")).isEmpty();
    }
    assertThat(volume.resolve("new")).hasContent("new");
    targets.stream()
        .filter(each -> !each.equals("/mnt"))
        .forEach(each -> assertThat(Path.of(each)).doesNotExist());
  }

  @Test
  void twoContainersMountAtOnePlace() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (MountNamespace one = create(false, at("/no-such-place"));
        MountNamespace two = create(false, ContainerMount.of(other, Path.of("/no-such-place")))) {
      assertThat(sh(one, "ls /no-such-place")).isEqualTo("file\n");
      assertThat(sh(two, "ls /no-such-place")).isEmpty();
    }
  }

  @Test
  void filesAndMountsInsideMounts() throws IOException {
    Path inner = Files.writeString(folder.resolve("inner"), "inner");
    try (MountNamespace root =
        create(
            false,
            ContainerMount.of(inner, Path.of("/no-such-place/deep/name")),
            at("/no-such-place"),
            ContainerMount.of(inner, Path.of("/etc/no-such-file")))) {
      assertThat(sh(root, "cat /no-such-place/deep/name /etc/no-such-file /no-such-place/file"))
          .isEqualTo("innerinnerin the volume");
    }
  }

  @Test
  void aReadOnlyRootHasOnlyItsVolumesToWriteTo() throws IOException {
    ContainerMount refused =
        new ContainerMount(volume, Path.of("/no-such-refused"), Access.READ_ONLY, false);
    try (MountNamespace root = create(true, at("/etc/no-such"), refused)) {
      String write =
          "for f in /x /tmp/x /etc/x %s/x /no-such-refused/x /etc/no-such/x; do".formatted(folder)
              + " (: > $f) 2>/dev/null && echo $f; done; echo > /dev/null && echo 0 > /proc/self/oom_score_adj";
      assertThat(sh(root, write)).isEqualTo("/etc/no-such/x\n");
    }
    assertThat(volume.resolve("x")).exists();
  }

  @Test
  void aLinkInAVolumeIsNoWayOut() throws IOException {
    Files.createSymbolicLink(volume.resolve("link"), folder);
    assertThatThrownBy(() -> create(false, at("/no-such"), at("/no-such/link/made")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a mount point inside a volume may not be a symbolic link");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void aMissingSourceIsNamed() {
    assertThatThrownBy(
            () -> create(false, ContainerMount.of(folder.resolve("none"), Path.of("/no-such"))))
        .hasMessage("mount source %s does not exist", folder.resolve("none"));
  }
}
