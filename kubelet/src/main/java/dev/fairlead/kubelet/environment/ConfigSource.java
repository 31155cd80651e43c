package dev.fairlead.kubelet.environment;

import dev.fairlead.api.ApiException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads ConfigMaps and Secrets of the pod's namespace. */
public interface ConfigSource {

  /**
   * The {@code data} of a ConfigMap, with {@code binaryData} left out; null when there is none.
   *
   * @throws ApiException when it is not known whether there is one
   */
  @Nullable Map<String, String> configMap(String name);

  /** The decoded {@code data} of a Secret; null when there is none. */
  @Nullable Map<String, String> secret(String name);
}
