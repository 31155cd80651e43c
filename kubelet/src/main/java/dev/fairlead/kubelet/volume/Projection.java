package dev.fairlead.kubelet.volume;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One source of a projected volume (API: {@code core/v1 VolumeProjection}). */
public sealed interface Projection {

  /**
   * Data of a ConfigMap or Secret.
   *
   * @param items empty for all keys
   */
  record Keys(boolean secret, String name, boolean optional, List<Item> items)
      implements Projection {}

  /** Facts about the pod. */
  record Facts(List<Fact> files) implements Projection {}

  /**
   * A service account token bound to the pod.
   *
   * @param audience empty for the API server's
   */
  record Token(String audience, long expirationSeconds, String path) implements Projection {}

  /**
   * One key as a file.
   *
   * @param mode null for the volume's
   */
  record Item(String key, String path, @Nullable Integer mode) {}

  /**
   * One fact as a file.
   *
   * @param field a path such as {@code metadata.labels}; empty for a resource
   * @param resource null for a field
   * @param mode null for the volume's
   */
  record Fact(String path, String field, @Nullable ResourceOf resource, @Nullable Integer mode) {}

  /** An amount that a container asks for (API: {@code ResourceFieldSelector}). */
  record ResourceOf(String container, String resource, String divisor) {}
}
