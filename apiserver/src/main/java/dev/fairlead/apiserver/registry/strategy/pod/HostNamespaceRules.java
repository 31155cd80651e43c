package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.ArrayList;
import java.util.List;

/** Which namespaces of the host a pod may share at a time. */
final class HostNamespaceRules {
  private HostNamespaceRules() {}

  /** A pod with users of its own shares nothing else (upstream {@code validateHostUsers}). */
  static void users(JsonNode spec, FieldPath path, Problems problems) {
    if (spec.path("hostUsers").asBoolean(true)) {
      return;
    }
    String why = "when `pod.Spec.HostUsers` is false";
    if (spec.path("hostNetwork").asBoolean(false)) {
      problems.forbidden(path.child("hostNetwork"), why);
    }
    if (spec.path("hostPID").asBoolean(false)) {
      problems.forbidden(path.child("HostPID"), why);
    }
    if (spec.path("hostIPC").asBoolean(false)) {
      problems.forbidden(path.child("HostIPC"), why);
    }
  }

  static void processes(JsonNode spec, FieldPath path, Problems problems) {
    if (spec.path("shareProcessNamespace").asBoolean(false)
        && spec.path("hostPID").asBoolean(false)) {
      problems.invalid(
          path.child("shareProcessNamespace"),
          true,
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
  }

  /** All containers are Windows' host processes, or none (upstream's words). */
  static void hostProcesses(JsonNode spec, FieldPath path, Problems problems) {
    JsonNode podWide = option(spec.path("securityContext"));
    List<Boolean> processes = new ArrayList<>();
    OsRules.contexts(
        spec,
        path,
        (context, at) -> {
          JsonNode own = option(context);
          if (own.isBoolean() && podWide.isBoolean() && !own.equals(podWide)) {
            problems.invalid(
                at.child("windowsOptions.hostProcess"),
                own,
                "pod hostProcess value must be identical if both are specified, was " + podWide);
          }
          if (own.isBoolean()) {
            processes.add(own.asBoolean());
          }
        });
    int containers =
        spec.path("initContainers").size()
            + spec.path("containers").size()
            + spec.path("ephemeralContainers").size();
    long inheriting = podWide.asBoolean(false) ? containers - processes.size() : 0;
    long host = inheriting + processes.stream().filter(each -> each).count();
    if (host == 0) {
      return;
    }
    if (host != containers) {
      problems.invalid(
          path,
          "",
          "If pod contains any hostProcess containers then all containers must be HostProcess containers");
    }
    if (!spec.path("hostNetwork").asBoolean(false)) {
      problems.invalid(
          path.child("hostNetwork"),
          false,
          "hostNetwork must be true if pod contains any hostProcess containers");
    }
  }

  private static JsonNode option(JsonNode context) {
    return context.path("windowsOptions").path("hostProcess");
  }
}
