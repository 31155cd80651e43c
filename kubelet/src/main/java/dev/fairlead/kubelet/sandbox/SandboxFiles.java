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

  /** Writes the files that go over those in {@code /etc}. Returns the pod's directory. */
  public static Path write(Pod pod, String podIp, KubeletSettings settings) throws IOException {
    Path directory = directory(settings, pod.meta().uid());
    Path etc = Files.createDirectories(directory.resolve("etc"));
    Files.writeString(directory.resolve(OWNER), settings.nodeName() + "\n");
    String hostname = hostname(pod, settings);
    Files.writeString(etc.resolve("hostname"), hostname + "\n");
    Files.writeString(
        etc.resolve("hosts"), EtcHosts.of(pod, podIp, hostname, domain(pod, settings)));
    String own = Files.exists(settings.resolvConf()) ? Files.readString(settings.resolvConf()) : "";
    Files.writeString(etc.resolve("resolv.conf"), ResolvConf.of(pod, settings, own));
    return directory;
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
