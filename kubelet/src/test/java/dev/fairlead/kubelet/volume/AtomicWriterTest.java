package dev.fairlead.kubelet.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicWriterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000000006Z");
  private static final String DIRECTORY = "..2026_01_02_03_04_05.000000006";

  @TempDir Path volume;

  private void write(Map<String, ProjectedFile> files) throws IOException {
    new AtomicWriter(volume, null).write(files, NOW);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(volume)) {
      return entries.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void namesAreLinksThroughData() throws IOException {
    write(Map.of("a", ProjectedFile.of("one", 0400), "d/e/f", ProjectedFile.of("two", 0644)));
    assertThat(names()).containsExactly(DIRECTORY, "..data", "a", "d");
    assertThat(Files.readSymbolicLink(volume.resolve("..data"))).hasToString(DIRECTORY);
    assertThat(Files.readSymbolicLink(volume.resolve("a"))).hasToString("..data/a");
    assertThat(volume.resolve("d/e/f")).hasContent("two");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve("a"))))
        .isEqualTo("r--------");
  }

  @Test
  void aSecondWriteReplacesAllAndLeavesNothingOfTheFirst() throws IOException {
    write(Map.of("a", ProjectedFile.of("one", 0644), "b", ProjectedFile.of("stays", 0644)));
    write(Map.of("c", ProjectedFile.of("two", 0644), "b", ProjectedFile.of("changed", 0644)));
    assertThat(names()).containsExactly("..2026_01_02_03_04_05.000000007", "..data", "b", "c");
    assertThat(volume.resolve("b")).hasContent("changed");
    assertThat(volume.resolve("c")).hasContent("two");
  }

  @Test
  void whatACrashLeftIsOverwritten() throws IOException {
    Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("nowhere"));
    write(Map.of("a", ProjectedFile.of("one", 0644)));
    assertThat(names()).containsExactly(DIRECTORY, "..data", "a");
    write(Map.of());
    assertThat(names()).containsExactly("..2026_01_02_03_04_05.000000007", "..data");
  }
}
