package dev.fairlead.kubelet.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * As whom a process runs, and what it may. Whatever is not said is as the kubelet itself has it.
 *
 * @param user null for the kubelet's own
 * @param group null for the user's own, or the kubelet's
 * @param groups supplementary groups; null for the kubelet's own
 * @param dropped capabilities without {@code CAP_}; {@code ALL} for all
 * @param added those that are kept though all are dropped
 * @param privilegesFixed whether programs that give more rights give none (no_new_privs)
 */
public record Identity(
    @Nullable Long user,
    @Nullable Long group,
    @Nullable List<Long> groups,
    List<String> dropped,
    List<String> added,
    boolean privilegesFixed) {
  /** The kubelet's own. */
  public static final Identity KUBELET =
      new Identity(null, null, null, List.of(), List.of(), false);

  /** The command that takes this identity on and then runs what follows; empty when it is ours. */
  public List<String> prefix() {
    List<String> options = new ArrayList<>();
    if (user != null) {
      options.addAll(List.of("--reuid", user.toString()));
    }
    if (group != null) {
      options.addAll(List.of("--regid", group.toString()));
    }
    if (groups != null) {
      options.add(groups.isEmpty() ? "--clear-groups" : "--groups=" + join(groups));
    }
    String bounds = bounds();
    if (!bounds.isEmpty()) {
      options.add("--bounding-set=" + bounds);
      options.add("--inh-caps=-all");
    }
    if (privilegesFixed) {
      options.add("--no-new-privs");
    }
    if (!options.isEmpty()) {
      options.addFirst("/usr/bin/setpriv");
      options.add("--");
    }
    return List.copyOf(options);
  }

  private String bounds() {
    if (dropped.isEmpty()) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    dropped.forEach(each -> parts.add("-" + each.toLowerCase(Locale.ROOT)));
    added.forEach(each -> parts.add("+" + each.toLowerCase(Locale.ROOT)));
    return String.join(",", parts);
  }

  private static String join(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
