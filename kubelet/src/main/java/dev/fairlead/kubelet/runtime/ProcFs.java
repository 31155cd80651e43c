package dev.fairlead.kubelet.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code /proc} says about processes ({@code proc(5)}). A process may go at any moment. */
final class ProcFs {
  private static final Path PROC = Path.of("/proc");

  private ProcFs() {}

  /** All processes but this one. */
  static List<Long> processes() throws IOException {
    List<Long> result = new ArrayList<>();
    long self = ProcessHandle.current().pid();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(PROC, each -> isNumber(each.getFileName().toString()))) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (pid != self && pid != 1) {
          result.add(pid);
        }
      }
    }
    return result;
  }

  /** The identity of a process's namespace, {@code net:[4026531840]}; empty when it is gone. */
  static String namespace(long pid, String kind) {
    return link("/proc/" + pid + "/ns/" + kind);
  }

  /** The identity of the namespace that a descriptor of this process holds. */
  static String namespaceOfDescriptor(int descriptor) {
    return link("/proc/self/fd/" + descriptor);
  }

  /** The environment a process was started with, each entry ended by a zero byte. */
  static byte[] environment(long pid) {
    try {
      return Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
    } catch (IOException e) {
      return new byte[0]; // gone, or not ours to read
    }
  }

  private static String link(String path) {
    try {
      return Files.readSymbolicLink(Path.of(path)).toString();
    } catch (IOException e) {
      return ""; // gone
    }
  }

  private static boolean isNumber(String name) {
    return name.chars().allMatch(Character::isDigit);
  }
}
