package dev.fairlead.kubelet.root;

import dev.fairlead.kubelet.root.ContainerMount.Access;
import dev.fairlead.kubelet.root.RootPlan.Placed;
import dev.fairlead.linux.MountNamespace;
import dev.fairlead.linux.Mounts;
import dev.fairlead.linux.Mounts.Propagation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a container's root: a small file system in memory into which the machine's own directories
 * are bound, with the container's mounts over them. What the container writes into directories that
 * were bound goes to the machine; nothing that a mount point needs is made there.
 */
public final class ContainerRoot {
  private static final Logger log = LoggerFactory.getLogger(ContainerRoot.class);
  private static final String OPTIONS = "mode=755,size=64m";

  /** The kernel's own; a process cannot live without writing there. */
  private static final Set<Path> KERNELS =
      Set.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

  private final Path root;
  private final RootPlan plan;
  private final boolean readOnly;
  private final List<Path> bound = new ArrayList<>();

  private ContainerRoot(Path root, RootPlan plan, boolean readOnly) {
    this.root = root;
    this.plan = plan;
    this.readOnly = readOnly;
  }

  /**
   * Makes a mount namespace with such a root.
   *
   * @param pod the namespace that it is a copy of
   * @param root an empty directory, in which the new root is put together
   * @param readOnly whether only the mounts that say so may be written (API: {@code
   *     readOnlyRootFilesystem})
   * @throws IOException when a mount cannot be made; nothing is left behind
   */
  public static MountNamespace create(
      MountNamespace pod, Path root, List<ContainerMount> mounts, boolean readOnly)
      throws IOException {
    MountNamespace made = pod.copy();
    try {
      made.call(() -> {
        new ContainerRoot(root, RootPlan.of(mounts, MachineFiles.REAL), readOnly).make();
        return true;
      });
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private void make() throws IOException {
    Mounts.tmpfs(root, OPTIONS);
    // The directory lies in the tree that is bound next; without this, it would be bound into
    // itself.
    Mounts.propagation(root, Propagation.UNBINDABLE, false);
    fill(Path.of("/"));
    if (readOnly) {
      for (Path each : bound) {
        Mounts.readOnly(inRoot(each), true);
      }
    }
    for (Placed each : plan.placed()) {
      place(each);
    }
    if (readOnly) {
      Mounts.readOnly(root, false);
    }
    Mounts.becomeRoot(root);
    Mounts.propagation(Path.of("/"), Propagation.PRIVATE, false);
  }

  private void fill(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        fillEntry(entry);
      }
    }
  }

  private void fillEntry(Path entry) throws IOException {
    if (plan.opened().contains(entry)) {
      Files.createDirectory(inRoot(entry));
      for (String attribute : List.of("unix:uid", "unix:gid", "unix:mode")) {
        Files.setAttribute(inRoot(entry), attribute, Files.getAttribute(entry, attribute));
      }
      fill(entry);
      return;
    }
    try {
      bind(entry);
    } catch (IOException e) {
      // It may have gone since it was listed, or belong to a file system that lets nobody in.
      log.warn("a container does not see {}: {}", entry, e.getMessage());
    }
  }

  private void bind(Path entry) throws IOException {
    if (Files.isSymbolicLink(entry)) {
      Files.createSymbolicLink(inRoot(entry), Files.readSymbolicLink(entry));
      return;
    }
    makePoint(inRoot(entry), Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS));
    Mounts.bind(entry, inRoot(entry), true);
    if (KERNELS.stream().noneMatch(entry::startsWith)) {
      bound.add(entry);
    }
  }

  private void place(Placed placed) throws IOException {
    ContainerMount mount = placed.mount();
    Path target = inRoot(placed.target());
    Path outer = placed.outer();
    if (outer != null) {
      refuseLinks(inRoot(outer), target);
    }
    if (!Files.exists(mount.source())) {
      throw new IOException("mount source %s does not exist".formatted(mount.source()));
    }
    boolean directory = Files.isDirectory(mount.source());
    Files.createDirectories(target.getParent());
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      makePoint(target, directory);
    }
    Mounts.bind(mount.source(), target, true);
    if (!mount.followsMachine()) {
      Mounts.propagation(target, Propagation.PRIVATE, true);
    }
    if (mount.access() != Access.READ_WRITE) {
      Mounts.readOnly(target, mount.access() == Access.RECURSIVELY_READ_ONLY);
    }
  }

  /** A link in a volume is its owner's: it could lead anywhere on the machine. */
  private static void refuseLinks(Path outer, Path target) throws IOException {
    Path each = outer;
    for (Path name : outer.relativize(target)) {
      each = each.resolve(name);
      if (Files.isSymbolicLink(each)) {
        throw new FileSystemException(
            each.toString(), null, "a mount point inside a volume may not be a symbolic link");
      }
    }
  }

  private static void makePoint(Path point, boolean directory) throws IOException {
    if (directory) {
      Files.createDirectory(point);
    } else {
      Files.createFile(point);
    }
  }

  private Path inRoot(Path path) {
    return root.resolve(path.toString().substring(1));
  }
}
