package dev.fairlead.apiserver.front;

import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path under {@code /api} or {@code /apis} that names a resource.
 *
 * @param watch whether the path has the old {@code watch} prefix
 */
record ApiPath(Target target, boolean watch) {

  /** The resource that this path names; empty when none is served there. */
  static Optional<ApiPath> parse(String path) {
    List<String> parts = parts(path);
    boolean core = parts.size() > 2 && parts.getFirst().equals("api");
    boolean grouped = parts.size() > 3 && parts.getFirst().equals("apis");
    if (!core && !grouped) {
      return Optional.empty();
    }
    String group = core ? "" : parts.get(1);
    String version = parts.get(core ? 1 : 2);
    List<String> rest = parts.subList(core ? 2 : 3, parts.size());
    boolean watch = rest.getFirst().equals("watch") && rest.size() > 1;
    Target target = target(group, version, watch ? rest.subList(1, rest.size()) : rest);
    return Optional.ofNullable(target).map(found -> new ApiPath(found, watch));
  }

  private static List<String> parts(String path) {
    String trimmed = path.startsWith("/") ? path.substring(1) : path;
    if (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    return Arrays.asList(trimmed.split("/", -1));
  }

  private static @Nullable Target target(String group, String version, List<String> rest) {
    boolean inNamespace =
        rest.size() > 2
            && rest.getFirst().equals("namespaces")
            && !(rest.size() == 3 && Kinds.NAMESPACE.subresources().contains(rest.get(2)));
    String namespace = inNamespace ? rest.get(1) : "";
    List<String> own = inNamespace ? rest.subList(2, rest.size()) : rest;
    if (rest.stream().limit(inNamespace ? 5 : 3).anyMatch(String::isEmpty)) {
      return null;
    }
    ResourceType type = Kinds.byPlural(group, version, own.getFirst()).orElse(null);
    boolean below = own.size() > 3 && !own.get(2).equals("proxy");
    if (type == null || below) {
      return null;
    }
    String name = own.size() > 1 ? own.get(1) : "";
    String subresource = own.size() > 2 ? own.get(2) : "";
    boolean scopeFits = type.namespaced() ? inNamespace || name.isEmpty() : !inNamespace;
    boolean subresourceKnown = subresource.isEmpty() || type.subresources().contains(subresource);
    return scopeFits && subresourceKnown ? new Target(type, namespace, name, subresource) : null;
  }
}
