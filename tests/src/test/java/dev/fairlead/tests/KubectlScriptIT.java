package dev.fairlead.tests;

import dev.fairlead.tests.Walkthrough.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code kubectl.md}, command by command, with every kubectl that this machine has: each in a
 * namespace and with a node of its own, a few at a time in one cluster.
 */
final class KubectlScriptIT {
  private static final String DOCUMENT = "src/test/resources/kubectl.md";
  private static final int AT_A_TIME = 3;
  private static final int FIRST_PORT = 18001;

  private static LocalClusterFixture cluster;
  private static List<Kubectl> versions;
  private static final ExecutorService TYPISTS = Executors.newFixedThreadPool(AT_A_TIME);

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    versions = Kubectl.atHand(cluster.outer);
    cluster.up("--nodes", Integer.toString(versions.size()), "--store", "memory");
  }

  @AfterAll
  static void down() throws IOException {
    TYPISTS.shutdownNow();
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> script() throws IOException {
    Walkthrough script = Walkthrough.parse(Files.readAllLines(Path.of(DOCUMENT)));
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      Kubectl kubectl = versions.get(i);
      String node = "node-" + (i + 1);
      String port = Integer.toString(FIRST_PORT + i);
      Callable<List<String>> typing = () -> failures(script, kubectl, node, port);
      Future<List<String>> typed = TYPISTS.submit(typing);
      tests.add(DynamicTest.dynamicTest(kubectl.version(), () -> check(typed.get())));
    }
    return tests.stream();
  }

  private static void check(List<String> failures) {
    if (!failures.isEmpty()) {
      throw new AssertionError(String.join("\n\n", failures));
    }
  }

  /** Types all blocks for this version, those after a failed one too, and tells what failed. */
  private static List<String> failures(
      Walkthrough script, Kubectl kubectl, String node, String port) throws Exception {
    Path home = Files.createDirectories(cluster.home.resolveSibling(kubectl.label()));
    Path config = Files.copy(cluster.kubeconfig(), home.resolve("kubeconfig"));
    Map<String, String> words = Map.of("$NS", kubectl.label(), "$NODE", node, "$PORT", port);
    Outer outer = cluster.outer.sharing();
    words.forEach((name, value) -> outer.setEnvironment(name.substring(1), value));
    outer.setEnvironment("HOME", home.toString());
    outer.setEnvironment("KUBECONFIG", config.toString());
    outer.setEnvironment(
        "PATH", kubectl.linkedIn(home.resolve("bin")) + ":" + System.getenv("PATH"));
    List<String> failures = new ArrayList<>();
    try (Typist typist =
        new Typist("kubectl.md", outer, Files.createDirectories(home.resolve("folder")), words)) {
      for (Block block : script.blocks()) {
        if (block.versions().contains(kubectl.minor())) {
          try {
            typist.type(block);
          } catch (AssertionError e) {
            failures.add(String.valueOf(e.getMessage()));
          }
        }
      }
    }
    return failures;
  }
}
