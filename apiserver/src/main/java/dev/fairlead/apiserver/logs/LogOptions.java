package dev.fairlead.apiserver.logs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of which container's log is asked for ({@code v1 PodLogOptions}).
 *
 * @param container null or empty for the only one
 * @param parameters checked already, by upstream's names, for the kubelet
 */
public record LogOptions(@Nullable String container, Map<String, String> parameters) {
  public LogOptions {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
