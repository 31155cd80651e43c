package dev.fairlead.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.tests.Walkthrough.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/walkthrough.md}, typed from its first line to its last, as its reader would. */
final class WalkthroughIT {
  private static final Path DOCUMENT = Path.of("../docs/walkthrough.md").toAbsolutePath();

  private static LocalClusterFixture cluster;
  private static Typist typist;
  private boolean broken;

  @BeforeAll
  static void create() throws IOException {
    cluster = LocalClusterFixture.create();
    Path folder = Files.createDirectories(cluster.home.resolveSibling("walkthrough"));
    Files.createSymbolicLink(
        folder.resolve("fairlead"), DOCUMENT.resolve("../../fairlead").normalize());
    typist = new Typist("docs/walkthrough.md", cluster.outer, folder, Map.of());
  }

  @AfterAll
  static void close() throws IOException {
    typist.close();
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> document() throws IOException {
    return Walkthrough.parse(Files.readAllLines(DOCUMENT)).blocks().stream()
        .map(block -> DynamicTest.dynamicTest("line " + block.line(), () -> tried(block)));
  }

  private void tried(Block block) throws Exception {
    assumeTrue(!broken, "an earlier block failed");
    broken = true;
    typist.type(block);
    broken = false;
  }
}
