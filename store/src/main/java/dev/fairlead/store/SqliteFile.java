package dev.fairlead.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The file of a {@link SqliteStore}: made with mode 0600, held by one process at a time, opened
 * with the settings that make a commit durable. The hold is a lock on {@code FILE.lock} beside it,
 * because a lock on the database itself would undo SQLite's own.
 */
final class SqliteFile implements AutoCloseable {
  static final int PAGE_BYTES = 4096;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> MODE = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
  private static final FileAttribute<?> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;
  private final FileChannel lockChannel;
  private final long pagesMax;

  private SqliteFile(Path file, FileChannel lockChannel, long bytesMax) {
    this.file = file;
    this.lockChannel = lockChannel;
    this.pagesMax = bytesMax / PAGE_BYTES;
  }

  /** Takes hold of the file, which is made when it is missing. */
  static SqliteFile hold(Path wanted, long bytesMax) {
    Path file = wanted.toAbsolutePath().normalize();
    try {
      Path folder = file.getParent();
      if (folder == null || Files.isDirectory(file)) {
        throw new StoreException("the store %s is a folder; name a file".formatted(file));
      }
      Files.createDirectories(folder, FOLDER_MODE);
      FileChannel channel = lock(file);
      SqliteFile held = new SqliteFile(file, channel, bytesMax);
      try {
        held.create(folder);
        return held;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(
          "the store %s cannot be opened for writing: %s".formatted(file, e), e);
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    Path lockFile = Path.of(file + ".lock");
    FileChannel channel =
        FileChannel.open(
            lockFile,
            Set.<OpenOption>of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            MODE);
    if (tryLock(channel) == null) {
      String holder = Files.readString(lockFile).strip();
      channel.close();
      throw new StoreException(
          "the store %s is in use by process %s; stop it first, or name another file"
              .formatted(file, holder.isEmpty() ? "unknown" : holder));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another store of this JVM
    }
  }

  private void create(Path folder) throws IOException {
    if (Files.exists(file)) {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    } else {
      Files.createFile(file, MODE);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true); // the name must survive as surely as what is written under it
      }
    }
    if (System.getProperty("org.sqlite.tmpdir") == null) {
      // The driver unpacks its native library; a killed process must not leave it in a shared
      // folder.
      removeOldLibraries(folder);
      System.setProperty("org.sqlite.tmpdir", folder.toString());
    }
  }

  private static void removeOldLibraries(Path folder) throws IOException {
    try (var old = Files.newDirectoryStream(folder, "sqlite-*-libsqlitejdbc.so*")) {
      for (Path library : old) {
        Files.deleteIfExists(library);
      }
    }
  }

  Path path() {
    return file;
  }

  /** The one connection that writes. */
  Connection openWriter() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPageSize(PAGE_BYTES);
    config.setCacheSize(2048);
    config.setBusyTimeout(10_000);
    config.setMaxPageCount(Math.toIntExact(Math.min(pagesMax, Integer.MAX_VALUE)));
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /** A connection that reads a committed state while the writer goes on. */
  Connection openReader() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setCacheSize(512);
    config.setBusyTimeout(10_000);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
    }
    return connection;
  }

  /** Lets go of the file. */
  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new StoreException("the lock of the store %s cannot be released".formatted(file), e);
    }
  }
}
