package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A pod's settings of the kernel (upstream {@code validateSysctls}). */
final class SysctlRules {
  private static final int LENGTH_MAX = 253;
  private static final String SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final String SHAPE = "^(" + SEGMENT + "[\\./])*" + SEGMENT + "$";
  private static final Pattern IS_NAME = Pattern.compile(SHAPE);
  private static final List<String> OF_IPC = List.of("kernel.shm", "kernel.msg", "fs.mqueue.");

  private SysctlRules() {}

  static void validate(JsonNode spec, FieldPath path, Problems problems) {
    JsonNode settings = spec.path("securityContext").path("sysctls");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < settings.size(); i++) {
      String name = Trees.text(settings.get(i), "name");
      FieldPath at = path.index(i).child("name");
      if (name.isEmpty()) {
        problems.required(at);
      } else if (name.length() > LENGTH_MAX || !IS_NAME.matcher(name).matches()) {
        problems.invalid(
            at,
            name,
            "must have at most %d characters and match regex %s".formatted(LENGTH_MAX, SHAPE));
      } else if (!names.add(name)) {
        problems.duplicate(at, name);
      }
      shared(name.replace('/', '.'), name, spec, at, problems);
    }
  }

  /** What the pod shares with the host is not the pod's to set. */
  private static void shared(
      String dotted, String name, JsonNode spec, FieldPath path, Problems problems) {
    boolean ipc = dotted.equals("kernel.sem") || OF_IPC.stream().anyMatch(dotted::startsWith);
    if (dotted.startsWith("net.") && spec.path("hostNetwork").asBoolean(false)) {
      problems.invalid(path, name, "may not be specified when 'hostNetwork' is true");
    } else if (ipc && spec.path("hostIPC").asBoolean(false)) {
      problems.invalid(path, name, "may not be specified when 'hostIPC' is true");
    }
  }
}
