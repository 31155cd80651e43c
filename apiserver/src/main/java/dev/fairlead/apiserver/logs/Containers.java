package dev.fairlead.apiserver.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses the container that a request for logs or streams means. */
public final class Containers {
  private static final String DEFAULT = "kubectl.kubernetes.io/default-container";

  private Containers() {}

  /**
   * The container asked for, or the only one there is.
   *
   * @throws ApiException 400
   */
  public static String choose(Document pod, @Nullable String asked) {
    List<String> containers = names(pod, "containers");
    List<String> init = names(pod, "initContainers");
    if (asked != null && !asked.isEmpty()) {
      List<String> ephemeral = names(pod, "ephemeralContainers");
      if (Stream.of(containers, init, ephemeral).noneMatch(each -> each.contains(asked))) {
        throw ApiException.badRequest(
            "container %s is not valid for pod %s".formatted(asked, pod.name()));
      }
      return asked;
    }
    if (containers.size() == 1) {
      return containers.getFirst();
    }
    String preferred = pod.meta().annotations().getOrDefault(DEFAULT, "");
    if (containers.contains(preferred)) {
      return preferred;
    }
    String choice = "choose one of: [%s]".formatted(String.join(" ", containers));
    String alsoInit =
        init.isEmpty()
            ? ""
            : " or one of the init containers: [%s]".formatted(String.join(" ", init));
    throw ApiException.badRequest(
        "a container name must be specified for pod %s, %s%s"
            .formatted(pod.name(), choice, alsoInit));
  }

  private static List<String> names(Document pod, String field) {
    List<String> names = new ArrayList<>();
    for (JsonNode container : pod.spec().path(field)) {
      names.add(container.path("name").asText());
    }
    return names;
  }
}
