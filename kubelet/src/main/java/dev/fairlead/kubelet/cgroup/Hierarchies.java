package dev.fairlead.kubelet.cgroup;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a machine keeps its control groups ({@code cgroups(7)}), from {@code /proc/self/mountinfo}
 * and {@code /proc/self/cgroup}. A controller is found where version 1 has it, else in the unified
 * hierarchy.
 *
 * @param memory null when the machine has neither
 * @param cpu null when the machine has neither
 */
record Hierarchies(@Nullable Hierarchy memory, @Nullable Hierarchy cpu) {

  /**
   * A folder below which groups can be made.
   *
   * @param unified whether it is of version 2
   */
  record Hierarchy(Path directory, boolean unified) {}

  static Hierarchies read(String mountinfo, String own) {
    return new Hierarchies(find("memory", mountinfo, own), find("cpu", mountinfo, own));
  }

  private static @Nullable Hierarchy find(String controller, String mountinfo, String own) {
    for (String line : mountinfo.split("\n", -1)) {
      Mount mount = Mount.parse(line);
      if (mount != null && mount.type().equals("cgroup") && mount.has(controller)) {
        // Below our own group, so that what holds us holds the containers too.
        return new Hierarchy(mount.resolve(ownGroup(controller, own)), false);
      }
    }
    for (String line : mountinfo.split("\n", -1)) {
      Mount mount = Mount.parse(line);
      if (mount != null && mount.type().equals("cgroup2")) {
        // Here a group with processes in it cannot have groups with limits below: from the top.
        return new Hierarchy(mount.point(), true);
      }
    }
    return null;
  }

  /** The path in a line such as {@code 4:memory:/user}. */
  private static String ownGroup(String controller, String own) {
    for (String line : own.split("\n", -1)) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && List.of(fields[1].split(",")).contains(controller)) {
        return fields[2];
      }
    }
    return "/";
  }

  private record Mount(String root, Path point, String type, List<String> options) {
    static @Nullable Mount parse(String line) {
      String[] halves = line.split(" - ", 2);
      String[] left = halves[0].split(" ");
      String[] right = halves.length < 2 ? new String[0] : halves[1].split(" ");
      return left.length < 5 || right.length < 3
          ? null
          : new Mount(left[3], Path.of(left[4]), right[0], Arrays.asList(right[2].split(",")));
    }

    boolean has(String controller) {
      return options.contains(controller);
    }

    /** A group as this mount shows it: the mount may begin below the top. */
    Path resolve(String group) {
      boolean below = root.equals("/") || group.equals(root) || group.startsWith(root + "/");
      String inside = root.equals("/") ? group : below ? group.substring(root.length()) : "";
      return point.resolve(inside.replaceFirst("^/+", "")).normalize();
    }
  }
}
