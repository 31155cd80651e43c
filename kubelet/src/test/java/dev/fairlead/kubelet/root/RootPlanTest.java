package dev.fairlead.kubelet.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fairlead.kubelet.root.RootPlan.Placed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootPlanTest {
  /** A machine: directories end with a slash, links say where they point. */
  private static final MachineFiles MACHINE =
      new MachineFiles() {
        private final List<String> directories = List.of("/etc/", "/run/", "/var/", "/usr/share/");
        private final List<String> files = List.of("/etc/hosts");
        private final Map<String, String> links =
            Map.of(
                "/var/run", "/run", "/usr/local", "share", "/loop", "/loop", "/up", "etc/../run");

        @Override
        public Kind kind(Path path) {
          String text = path.toString();
          if (links.containsKey(text)) {
            return Kind.LINK;
          }
          if (path.getParent() == null
              || directories.stream().anyMatch(each -> each.startsWith(text + "/"))) {
            return Kind.DIRECTORY;
          }
          return files.contains(text) ? Kind.FILE : Kind.NONE;
        }

        @Override
        public Path link(Path path) {
          return Path.of(links.get(path.toString()));
        }
      };

  private static RootPlan plan(String... targets) throws IOException {
    return RootPlan.of(
        Stream.of(targets).map(each -> ContainerMount.of(Path.of("/v"), Path.of(each))).toList(),
        MACHINE);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc,                 /etc,             /",
    "/etc/hosts,           /etc/hosts,       /",
    "/data,                /data,            /",
    "/data/a/b,            /data/a/b,        /",
    "/etc/config,          /etc/config,      /;/etc",
    "/etc/../etc/config/,  /etc/config,      /;/etc",
    "/var/run/secrets/sa,  /run/secrets/sa,  /;/run",
    "/usr/local/www,       /usr/share/www,   /;/usr;/usr/share",
    "/up/x,                /run/x,           /;/run",
  })
  void aMissingMountPointOpensTheDirectoriesAboveIt(String target, String place, String opened)
      throws IOException {
    RootPlan plan = plan(target);
    assertThat(plan.placed()).extracting(Placed::target).containsExactly(Path.of(place));
    assertThat(plan.opened())
        .containsExactlyInAnyOrderElementsOf(Stream.of(opened.split(";")).map(Path::of).toList());
  }

  @Test
  void aMountInsideAnotherComesAfterItAndOpensNothing() throws IOException {
    RootPlan plan = plan("/etc/a/b/c", "/etc", "/etc/a");
    assertThat(plan.opened()).containsExactly(Path.of("/"));
    assertThat(plan.placed())
        .extracting(Placed::target, Placed::outer)
        .containsExactly(
            tuple(Path.of("/etc"), null),
            tuple(Path.of("/etc/a"), Path.of("/etc")),
            tuple(Path.of("/etc/a/b/c"), Path.of("/etc")));
  }

  @Test
  void whatCannotHoldAMountPointIsNamed() {
    assertThatThrownBy(() -> plan("/etc/hosts/x"))
        .isInstanceOf(IOException.class)
        .hasMessage("mount point /etc/hosts/x: /etc/hosts is not a directory");
    assertThatThrownBy(() -> plan("/loop/x"))
        .hasMessage("mount point /loop/x: too many symbolic links");
  }
}
