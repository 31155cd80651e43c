package dev.fairlead.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {
  @TempDir Path folder;

  @Test
  void of_prefersTheVariable() {
    Path home = Path.of("/home/someone");
    assertThat(StateDirectory.of(Map.of(), home).root()).isEqualTo(home.resolve(".fairlead"));
    assertThat(StateDirectory.of(Map.of("FAIRLEAD_HOME", "/srv/a/../b"), home).root())
        .isEqualTo(Path.of("/srv/b"));
  }

  @Test
  void create_isForTheOwnerAlone() throws IOException {
    StateDirectory state = new StateDirectory(folder.resolve("state"));
    state.create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.root())))
        .isEqualTo("rwx------");
  }

  @Test
  void clearRuntime_keepsObjectsAndCertificates() throws IOException {
    StateDirectory state = new StateDirectory(folder.resolve("state"));
    state.create();
    Files.writeString(state.database(), "objects");
    Files.writeString(state.pki().resolve("ca.crt"), "certificate");
    Files.createDirectories(state.pods().resolve("uid/files"));
    Files.writeString(state.controlSocket(), "");
    state.clearRuntime();
    assertThat(state.run()).doesNotExist();
    assertThat(state.pods()).doesNotExist();
    assertThat(state.database()).exists();
    assertThat(state.pki().resolve("ca.crt")).exists();
    state.delete();
    assertThat(state.root()).doesNotExist();
  }
}
