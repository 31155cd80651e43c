package dev.fairlead.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a state folder, which one process at a time has. The lock is the pid file's: it
 * goes with the process, however that ends.
 */
public final class StateLock implements AutoCloseable {
  private final FileChannel file;

  private StateLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the folder, making it when it is missing, and writes this process's id there.
   *
   * @throws Failure when another process has it
   */
  public static StateLock take(StateDirectory state) throws IOException {
    state.create();
    FileChannel file =
        FileChannel.open(state.pidFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = file.tryLock();
    if (lock == null) {
      file.close();
      throw new Failure("another cluster is starting or running with the state in " + state.root());
    }
    file.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    return new StateLock(file);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
