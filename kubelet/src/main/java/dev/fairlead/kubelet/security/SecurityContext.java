package dev.fairlead.kubelet.security;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.kubelet.environment.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a pod and one of its containers say about rights (API: {@code PodSecurityContext} and {@code
 * SecurityContext}); the container's word counts more.
 */
public final class SecurityContext {
  /** Of {@code capabilities(7)}; the kernel knows no others. */
  private static final Set<String> CAPABILITIES =
      Set.of(
          ("ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN"
                  + " DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE"
                  + " LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE"
                  + " NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN"
                  + " SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO"
                  + " SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM")
              .split(" "));

  /** Fields that are honoured, or that say nothing on a machine of this kind. */
  private static final Set<String> KNOWN =
      Set.of(
          "allowPrivilegeEscalation",
          "capabilities",
          "fsGroup",
          "fsGroupChangePolicy",
          "privileged",
          "readOnlyRootFilesystem",
          "runAsGroup",
          "runAsNonRoot",
          "runAsUser",
          "supplementalGroups",
          "supplementalGroupsPolicy");

  private final JsonNode pod;
  private final JsonNode container;

  private SecurityContext(JsonNode pod, JsonNode container) {
    this.pod = pod;
    this.container = container;
  }

  /** That of one container, by its name. */
  public static SecurityContext of(Document pod, String container) {
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (JsonNode each : pod.spec().path(list)) {
        if (each.path("name").asText("").equals(container)) {
          return new SecurityContext(
              pod.spec().path("securityContext"), each.path("securityContext"));
        }
      }
    }
    throw new IllegalArgumentException("no such container: " + container);
  }

  /**
   * The first field of a security context that this kubelet does not honour; null when it honours
   * all.
   *
   * @param path of the context, for example {@code spec.securityContext}
   */
  public static @Nullable String refused(JsonNode context, String path) {
    for (Map.Entry<String, JsonNode> field : context.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      boolean honoured =
          switch (name) {
            // There is no profile: the runtime's default is none.
            case "seccompProfile", "appArmorProfile" ->
                !value.path("type").asText("").equals("Localhost");
            case "procMount" -> value.asText("").equals("Default");
            default -> KNOWN.contains(name) || (value.isContainerNode() && value.isEmpty());
          };
      if (!honoured) {
        return path + "." + name;
      }
      for (String list : List.of("add", "drop")) {
        for (JsonNode each : value.path(list)) {
          if (name.equals("capabilities") && !CAPABILITIES.contains(capability(each))) {
            return "%s.capabilities.%s %s".formatted(path, list, each.asText());
          }
        }
      }
    }
    return null;
  }

  /** Whether the container may write to its volumes only. */
  public boolean readOnlyRoot() {
    return container.path("readOnlyRootFilesystem").asBoolean(false);
  }

  /**
   * As whom it runs.
   *
   * @param groupOf the group of a user of the machine; null when it has no such user
   * @param who the pod, as upstream's messages name it
   * @throws ConfigException when it would run as root and must not, or when a field is not honoured
   */
  public Identity identity(LongFunction<@Nullable Long> groupOf, String who, String name)
      throws ConfigException {
    // An ephemeral container comes when the pod has long been accepted.
    String refused = refused(container, "securityContext");
    if (refused != null) {
      throw new ConfigException(refused + " is not supported by this kubelet");
    }
    Long user = number("runAsUser");
    requireUser(user, who, name);
    Long group = number("runAsGroup");
    if (group == null && user != null) {
      Long own = groupOf.apply(user);
      group = own == null ? Long.valueOf(0) : own;
    }
    JsonNode capabilities = container.path("capabilities");
    return new Identity(
        user,
        group,
        groups(user != null || group != null),
        capabilities(capabilities.path("drop")),
        capabilities(capabilities.path("add")),
        !container.path("allowPrivilegeEscalation").asBoolean(true));
  }

  private void requireUser(@Nullable Long user, String who, String name) throws ConfigException {
    JsonNode own = container.path("runAsNonRoot");
    boolean required = (own.isBoolean() ? own : pod.path("runAsNonRoot")).asBoolean(false);
    if (!required || (user != null && user != 0)) {
      return;
    }
    throw new ConfigException(
        (user == null
                ? "container has runAsNonRoot and image will run as root (pod: \"%s\", container: %s)"
                : "container's runAsUser breaks non-root policy (pod: \"%s\", container: %s)")
            .formatted(who, name));
  }

  private @Nullable List<Long> groups(boolean changed) {
    List<Long> result = new ArrayList<>();
    pod.path("supplementalGroups").forEach(each -> result.add(each.asLong()));
    JsonNode fsGroup = pod.path("fsGroup");
    if (fsGroup.isNumber()) {
      result.add(fsGroup.asLong());
    }
    return changed || !result.isEmpty() ? List.copyOf(result) : null;
  }

  private @Nullable Long number(String field) {
    JsonNode own = container.path(field);
    JsonNode value = own.isNumber() ? own : pod.path(field);
    return value.isNumber() ? Long.valueOf(value.asLong()) : null;
  }

  private static List<String> capabilities(JsonNode list) {
    List<String> result = new ArrayList<>();
    list.forEach(each -> result.add(capability(each)));
    return List.copyOf(result);
  }

  private static String capability(JsonNode name) {
    String text = name.asText("").toUpperCase(Locale.ROOT);
    return text.startsWith("CAP_") ? text.substring(4) : text;
  }
}
