package dev.fairlead.kubelet.sandbox;

import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.KubeletSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pod's directory below the state directory: {@code pods/<uid>}, with {@code etc/} in it. */
public final class SandboxFiles {
  private static final String OWNER = "node";
  private static final Path NODE_HOSTS = Path.of("/etc/hosts");
  private static final int KERNEL_NAME_MAX = 64;

  private SandboxFiles() {}

  /** Where the files of a pod are. */
  public static Path directory(KubeletSettings settings, String uid) {
    return settings.stateDirectory().resolve("pods").resolve(uid);
  }

  /** What a pod calls itself (upstream: {@code GeneratePodHostNameAndDomain}). */
  public static String hostname(Pod pod, KubeletSettings settings) {
    if (pod.hostNetwork()) {
      return settings.nodeName();
    }
    String name = pod.hostname().isEmpty() ? pod.meta().name() : pod.hostname();
    String cut = name.length() > 63 ? name.substring(0, 63) : name;
    return cut.replaceAll("[-.]+$", "");
  }

  /**
   * What a pod's kernel says its host name is: with {@code setHostnameAsFQDN} the full name.
   *
   * @throws IOException when that is too long for the kernel
   */
  public static String kernelName(Pod pod, KubeletSettings settings) throws IOException {
    String hostname = hostname(pod, settings);
    String domain = domain(pod, settings);
    if (!pod.setHostnameAsFqdn() || domain.isEmpty() || pod.hostNetwork()) {
      return hostname;
    }
    String full = hostname + "." + domain;
    if (full.length() > KERNEL_NAME_MAX) {
      throw new IOException(
          "Failed to construct FQDN from pod hostname and cluster domain, FQDN %s is too long (%d characters is the max, %d characters requested)"
              .formatted(full, KERNEL_NAME_MAX, full.length()));
    }
    return full;
  }

  /** What of a pod's {@code resolv.conf} had to be left out, as events say it. */
  public static List<String> warnings(Pod pod, KubeletSettings settings) throws IOException {
    return ResolvConf.of(pod, settings, text(settings.resolvConf())).warnings();
  }

  /** Writes the files that go over those in {@code /etc}. Returns the pod's directory. */
  public static Path write(Pod pod, String podIp, KubeletSettings settings) throws IOException {
    Path directory = directory(settings, pod.meta().uid());
    Path etc = Files.createDirectories(directory.resolve("etc"));
    Files.writeString(directory.resolve(OWNER), settings.nodeName() + "\n");
    Files.writeString(etc.resolve("hostname"), kernelName(pod, settings) + "\n");
    Files.writeString(
        etc.resolve("hosts"),
        pod.hostNetwork()
            ? EtcHosts.ofNode(pod, text(NODE_HOSTS))
            : EtcHosts.of(pod, podIp, hostname(pod, settings), domain(pod, settings)));
    String own = text(settings.resolvConf());
    Files.writeString(etc.resolve("resolv.conf"), ResolvConf.of(pod, settings, own).text());
    return directory;
  }

  private static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static String domain(Pod pod, KubeletSettings settings) {
    return pod.subdomain().isEmpty()
        ? ""
        : "%s.%s.svc.%s"
            .formatted(pod.subdomain(), pod.meta().namespace(), settings.clusterDomain());
  }

  /** Removes a directory and all in it; a missing one is fine. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean _ = Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
              throws IOException {
            boolean _ = Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The UIDs of the pods of this node that have a directory. */
  public static List<String> owned(KubeletSettings settings) throws IOException {
    Path pods = settings.stateDirectory().resolve("pods");
    if (!Files.isDirectory(pods)) {
      return List.of();
    }
    try (var entries = Files.list(pods)) {
      return entries
          .filter(each -> ownedBy(each, settings.nodeName()))
          .map(each -> each.getFileName().toString())
          .toList();
    }
  }

  private static boolean ownedBy(Path directory, String node) {
    try {
      return Files.readString(directory.resolve(OWNER)).strip().equals(node);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("read the owner of " + directory, e);
    }
  }
}
