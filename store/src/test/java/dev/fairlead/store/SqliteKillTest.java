package dev.fairlead.store;

import static dev.fairlead.store.Transactions.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Durable: what was acknowledged before {@code kill -9} is there afterwards. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SqliteKillTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 3;
  private static final int LINES_BEFORE_KILL = 300;

  @TempDir Path folder;

  @Test
  void durableAcknowledgedWritesSurviveAKilledProcess() throws Exception {
    Path file = folder.resolve("fairlead.db");
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(writeUntilKilled(file, round));
      try (Store store = SqliteStore.open(file)) {
        Set<String> left = names(store, "/left/");
        assertThat(left).containsAll(acknowledged);
        // A transaction writes both sides or none, also where nobody was told.
        assertThat(names(store, "/right/")).isEqualTo(left);
        assertThat(store.revision()).isEqualTo(left.size() + 1L);
      }
    }
  }

  private static Set<String> names(Store store, String prefix) {
    Set<String> names = new TreeSet<>();
    for (KeyValue item : store.range(RangeRequest.prefix(prefix)).items()) {
      names.add(item.key().substring(prefix.length()));
    }
    return names;
  }

  private static Set<String> writeUntilKilled(Path file, int round) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SqliteKillTest.class.getName(),
                file.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(line);
        if (acknowledged.size() == LINES_BEFORE_KILL) {
          // SIGKILL; through the handle, which leaves the pipe open. What is still in it was
          // acknowledged.
          child.toHandle().destroyForcibly();
        }
      }
      // The last line may be cut by the kill.
      acknowledged.removeIf(line -> !line.endsWith("."));
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(LINES_BEFORE_KILL - 1);
      assertThat(child.waitFor()).isEqualTo(137);
      return acknowledged;
    } finally {
      child.destroyForcibly();
    }
  }

  /** The child: several threads write pairs for ever and print what is acknowledged. */
  public static void main(String[] arguments) {
    Store store = SqliteStore.open(Path.of(arguments[0]));
    for (int i = 0; i < WRITERS; i++) {
      String name = arguments[1] + "-" + i;
      Thread.ofPlatform().start(() -> writePairs(store, name));
    }
  }

  private static void writePairs(Store store, String writer) {
    for (int i = 0; i < 1_000_000; i++) {
      String name = writer + "-" + i + ".";
      byte[] value = bytes("x".repeat(i % 5000));
      store.commit(
          Transactions.all(
              new Operation.Put("/left/" + name, value),
              new Operation.Put("/right/" + name, value)));
      synchronized (System.out) {
        System.out.println(name);
        System.out.flush();
      }
    }
  }
}
