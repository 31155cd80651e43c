package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/** Whom processes run as, and what they may (upstream {@code ValidateSecurityContext}). */
final class SecurityContextRules {
  private static final long ID_MAX = Integer.MAX_VALUE;
  private static final List<String> PROC_MOUNTS = Enumeration.valuesOf("ProcMountType");
  private static final List<String> GROUP_CHANGES = Enumeration.valuesOf("PodFSGroupChangePolicy");
  private static final List<String> GROUPS = Enumeration.valuesOf("SupplementalGroupsPolicy");

  private SecurityContextRules() {}

  static void container(JsonNode context, boolean hostUsers, FieldPath path, Problems problems) {
    if (context.isEmpty()) {
      return;
    }
    ids(context, path, problems);
    if (context.has("procMount")) {
      String mount = Trees.text(context, "procMount");
      problems.oneOf(path.child("procMount"), mount, PROC_MOUNTS);
      if (hostUsers && mount.equals("Unmasked")) {
        problems.invalid(
            path.child("procMount"), mount, "`hostUsers` must be false to use `Unmasked`");
      }
    }
    ProfileRules.seccomp(context, path, problems);
    if (!context.path("allowPrivilegeEscalation").asBoolean(true)) {
      escalation(context, path, problems);
    }
    WindowsOptionRules.validate(context.path("windowsOptions"), path, problems);
    ProfileRules.appArmor(context, path, problems);
  }

  private static void escalation(JsonNode context, FieldPath path, Problems problems) {
    if (context.path("privileged").asBoolean(false)) {
      problems.invalid(
          path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
    for (JsonNode capability : context.path("capabilities").path("add")) {
      if (capability.asText().equals("CAP_SYS_ADMIN")) {
        problems.invalid(
            path,
            context,
            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
      }
    }
  }

  /** What holds for all containers of a pod. */
  static void pod(JsonNode spec, FieldPath path, Problems problems) {
    JsonNode context = spec.path("securityContext");
    if (context.isEmpty()) {
      return;
    }
    problems.range(path.child("fsGroup"), context.path("fsGroup"), 0, ID_MAX);
    ids(context, path, problems);
    JsonNode groups = context.path("supplementalGroups");
    for (int i = 0; i < groups.size(); i++) {
      problems.range(path.child("supplementalGroups").index(i), groups.get(i), 0, ID_MAX);
    }
    SysctlRules.validate(spec, path.child("sysctls"), problems);
    choice(context, "fsGroupChangePolicy", GROUP_CHANGES, path, problems);
    ProfileRules.seccomp(context, path, problems);
    WindowsOptionRules.validate(context.path("windowsOptions"), path, problems);
    ProfileRules.appArmor(context, path, problems);
    choice(context, "supplementalGroupsPolicy", GROUPS, path, problems);
    choice(context, "seLinuxChangePolicy", List.of("Recursive"), path, problems);
  }

  private static void choice(
      JsonNode context, String field, List<String> values, FieldPath path, Problems problems) {
    if (context.has(field)) {
      problems.oneOf(path.child(field), Trees.text(context, field), values);
    }
  }

  private static void ids(JsonNode context, FieldPath path, Problems problems) {
    problems.range(path.child("runAsUser"), context.path("runAsUser"), 0, ID_MAX);
    problems.range(path.child("runAsGroup"), context.path("runAsGroup"), 0, ID_MAX);
  }
}
