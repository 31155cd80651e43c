package dev.fairlead.kubelet.root;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where mounts go, and what has to be rebuilt for them. A mount point that the machine does not
 * have cannot be made in the machine's own directory, so that directory, and those above it, are
 * <em>opened</em>: replaced by an empty one into which each of their entries is bound.
 *
 * @param opened directories of the machine, the root among them
 * @param placed the mounts, outer ones before those inside them
 */
record RootPlan(Set<Path> opened, List<Placed> placed) {
  private static final Path ROOT = Path.of("/");
  private static final int LINKS_MAX = 40;

  /**
   * A mount in its place.
   *
   * @param target where it goes when all links on the way are followed
   * @param outer the outermost mount that it lies in; null when it lies in the machine's own tree
   */
  record Placed(ContainerMount mount, Path target, @Nullable Path outer) {}

  /** Plans; a later mount of the same place lies over the earlier. */
  static RootPlan of(List<ContainerMount> mounts, MachineFiles files) throws IOException {
    Set<Path> opened = new LinkedHashSet<>();
    opened.add(ROOT);
    List<Placed> placed = new ArrayList<>();
    List<ContainerMount> outerFirst = new ArrayList<>(mounts);
    outerFirst.sort(Comparator.comparingInt(each -> each.target().getNameCount()));
    for (ContainerMount mount : outerFirst) {
      placed.add(new Walk(mount, files, placed, opened).run());
    }
    return new RootPlan(Set.copyOf(opened), List.copyOf(placed));
  }

  /** Follows one target from the root. */
  private static final class Walk {
    private final ContainerMount mount;
    private final MachineFiles files;
    private final List<Placed> placed;
    private final Set<Path> opened;
    private final Deque<Path> rest = new ArrayDeque<>();
    private Path at = ROOT;
    private int links;

    Walk(ContainerMount mount, MachineFiles files, List<Placed> placed, Set<Path> opened) {
      this.mount = mount;
      this.files = files;
      this.placed = placed;
      this.opened = opened;
    }

    Placed run() throws IOException {
      push(mount.target());
      while (!rest.isEmpty()) {
        if (isMountPoint(at)) {
          return new Placed(mount, remaining(at), at);
        }
        Path next = at.resolve(rest.pop()).normalize();
        MachineFiles.Kind kind =
            isMountPoint(next) ? MachineFiles.Kind.DIRECTORY : files.kind(next);
        switch (kind) {
          case DIRECTORY -> at = next;
          case LINK -> follow(next);
          case FILE -> {
            if (!rest.isEmpty()) {
              throw new IOException(
                  "mount point %s: %s is not a directory".formatted(mount.target(), next));
            }
            at = next;
          }
          case NONE -> {
            open(at);
            return new Placed(mount, remaining(next), null);
          }
        }
      }
      return new Placed(mount, at, null);
    }

    private void follow(Path link) throws IOException {
      if (++links > LINKS_MAX) {
        throw new IOException("mount point %s: too many symbolic links".formatted(mount.target()));
      }
      Path to = files.link(link);
      at = to.isAbsolute() ? ROOT : at;
      push(to);
    }

    private void push(Path names) {
      for (int i = names.getNameCount() - 1; i >= 0; i--) {
        rest.push(names.getName(i));
      }
    }

    private Path remaining(Path from) {
      Path result = from;
      for (Path name : rest) {
        result = result.resolve(name);
      }
      return result.normalize();
    }

    private boolean isMountPoint(Path path) {
      return placed.stream().anyMatch(each -> each.target().equals(path));
    }

    private void open(Path directory) {
      for (Path each = directory; each != null; each = each.getParent()) {
        opened.add(each);
      }
    }
  }
}
