package dev.fairlead.store;

import static dev.fairlead.store.Transactions.delete;
import static dev.fairlead.store.Transactions.put;
import static dev.fairlead.store.Transactions.valueOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.store.Store.RangeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the SQLite engine does with its file: kept, guarded, and refused with a clear sentence. */
final class SqliteFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("state/fairlead.db");
  }

  @Test
  void durableAReopenedStoreIsAsItWasLeft() throws Exception {
    try (Store store = SqliteStore.open(file)) {
      store.commit(put("/a", "1"));
      store.commit(put("/a", "2"));
      store.commit(put("/b", "1"));
      store.commit(delete("/b"));
    }
    try (Store store = SqliteStore.open(file);
        StoreWatch watch = store.watch("/", 2)) {
      assertThat(store.revision()).isEqualTo(5);
      assertThat(store.range(StoreContract.at("/", 2)).items())
          .extracting(Transactions::text)
          .containsExactly("1");
      assertThat(StoreContract.take(watch, 4)).hasSize(4);
      assertThat(store.commit(put("/c", "1")).revision()).isEqualTo(6);
      assertThat(StoreContract.take(watch, 1)).hasSize(1);
    }
  }

  @Test
  void durableTheRevisionSurvivesWhenCompactionLeavesNoRow() {
    try (Store store = SqliteStore.open(file)) {
      store.commit(put("/a", "1"));
      store.commit(delete("/a"));
      store.compact(3);
    }
    try (Store store = SqliteStore.open(file)) {
      assertThat(store.revision()).isEqualTo(3);
      assertThatThrownBy(() -> store.watch("/", 3)).isInstanceOf(CompactedException.class);
      assertThat(store.commit(put("/a", "2")).revision()).isEqualTo(4);
    }
  }

  @Test
  void compactionRemovesTheRows() throws Exception {
    try (Store store = SqliteStore.open(file)) {
      for (int i = 0; i < 600; i++) {
        store.commit(put("/a", "1"));
        store.commit(put("/b" + i, "1"));
        store.commit(delete("/b" + i));
      }
      store.compact(store.revision());
      store.commit(put("/c", "1"));
    }
    // Removal goes on in steps after the next opening, should it not be done.
    try (Store store = SqliteStore.open(file)) {
      org.awaitility.Awaitility.await().until(() -> rows() == 2);
      assertThat(store.range(RangeRequest.prefix("/")).count()).isEqualTo(2);
    }
  }

  @Test
  void theFilesAreForTheirOwnerOnly() throws Exception {
    try (Store store = SqliteStore.open(file)) {
      store.commit(put("/a", "1"));
      try (var files = Files.list(folder.resolve("state"))) {
        List<Path> data = files.filter(f -> f.toString().contains("fairlead.db")).toList();
        assertThat(data).hasSize(4);
        for (Path each : data) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void aSecondOpeningIsRefusedWithTheHolder() {
    try (Store store = SqliteStore.open(file)) {
      store.commit(put("/a", "1"));
      assertThatThrownBy(() -> SqliteStore.open(file))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThat(valueOf(store, "/a")).isEqualTo("1");
    }
    SqliteStore.open(file).close();
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndKept() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "these are the notes of somebody else ".repeat(300));
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file + " is damaged or not a database");
    assertThat(Files.readString(file)).startsWith("these are the notes");
  }

  @Test
  void aDamagedFileIsRefused() throws Exception {
    try (Store store = SqliteStore.open(file)) {
      for (int i = 0; i < 200; i++) {
        store.commit(put("/a" + i, "x".repeat(500)));
      }
    }
    byte[] content = Files.readAllBytes(file);
    Arrays.fill(content, 8192, 40960, (byte) 0x5a);
    Files.write(file, content, StandardOpenOption.WRITE);
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file + " is damaged");
  }

  @Test
  void aDatabaseOfAnotherProgramIsRefused() throws Exception {
    Files.createDirectories(file.getParent());
    sql("CREATE TABLE t (x)");
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another program");
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    SqliteStore.open(file).close();
    sql("PRAGMA user_version = 9");
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has format 9, this program knows 1");
  }

  @Test
  void aFolderIsRefused() throws Exception {
    Files.createDirectories(file);
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void aFullFileFailsTheCommitAndKeepsTheStore() {
    SqliteSettings small = new SqliteSettings(2, 16, 100, 1 << 20, 40 * 4096);
    String big = "x".repeat(20_000);
    int written = 0;
    try (Store store = SqliteStore.open(file, small)) {
      try {
        while (written < 100) {
          store.commit(put("/big" + written, big));
          written++;
        }
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("no room");
      }
      assertThat(written).isBetween(1, 99);
      assertThat(store.revision()).isEqualTo(written + 1);
      assertThat(valueOf(store, "/big" + written)).isNull();
      assertThat(store.commit(delete("/big0")).revision()).isEqualTo(written + 2);
    }
    try (Store store = SqliteStore.open(file)) {
      assertThat(store.revision()).isEqualTo(written + 2);
      assertThat(store.range(RangeRequest.prefix("/")).count()).isEqualTo(written - 1);
    }
  }

  private long rows() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var found = connection.createStatement().executeQuery("SELECT count(*) FROM history")) {
      return found.getLong(1);
    }
  }

  private void sql(String text) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().execute(text);
    }
  }
}
