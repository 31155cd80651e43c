package dev.fairlead.kubelet.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Its children, of a process of one thread, such as a shell. */
  static List<Long> children(long pid) {
    try {
      String text = Files.readString(PROC.resolve("%1$d/task/%1$d/children".formatted(pid)));
      return Arrays.stream(text.split(" "))
          .filter(each -> !each.isEmpty())
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      // Gone, or a kernel without that file: then all processes are looked at.
      return ProcessHandle.of(pid).stream()
          .flatMap(ProcessHandle::children)
          .map(ProcessHandle::pid)
          .toList();
    }
  }

  /** Whether a process has this descriptor open. */
  static boolean isOpen(long pid, int descriptor) {
    return Files.exists(
        PROC.resolve("%d/fd/%d".formatted(pid, descriptor)), LinkOption.NOFOLLOW_LINKS);
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
