package dev.fairlead.kubelet.sandbox;

import dev.fairlead.api.view.Pod;
import dev.fairlead.api.view.PodDns;
import dev.fairlead.kubelet.KubeletSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A pod's {@code /etc/resolv.conf} (upstream: {@code pkg/kubelet/network/dns}). */
record ResolvConf(String text, List<String> warnings) {
  private static final int NAMESERVERS_MAX = 3;
  private static final int SEARCHES_MAX = 32;
  private static final int SEARCH_CHARACTERS_MAX = 2048;

  /**
   * Makes it.
   *
   * @param node the node's own resolver file
   */
  static ResolvConf of(Pod pod, KubeletSettings settings, String node) {
    PodDns dns = pod.dns();
    boolean cluster =
        dns.policy().equals("ClusterFirstWithHostNet")
            || (dns.policy().equals("ClusterFirst") && !pod.hostNetwork());
    List<String> servers = new ArrayList<>();
    List<String> searches = new ArrayList<>();
    List<String> options = new ArrayList<>();
    if (cluster) {
      String domain = settings.clusterDomain();
      servers.add(settings.clusterDns());
      searches.add(pod.meta().namespace() + ".svc." + domain);
      searches.add("svc." + domain);
      searches.add(domain);
      searches.addAll(words(node, "search"));
      options.add("ndots:5");
    } else if (!dns.policy().equals("None")) {
      servers.addAll(words(node, "nameserver"));
      searches.addAll(words(node, "search"));
      options.addAll(words(node, "options"));
    }
    servers.addAll(dns.nameservers());
    searches.addAll(dns.searches());
    options.addAll(dns.options());
    return new Writer().write(distinct(servers), distinct(searches), merged(options));
  }

  /** Writes what fits, and notes what does not. */
  private static final class Writer {
    private final StringBuilder text = new StringBuilder();
    private final List<String> warnings = new ArrayList<>();

    ResolvConf write(List<String> servers, List<String> searches, List<String> options) {
      servers(servers);
      searches(searches);
      if (!options.isEmpty()) {
        text.append("options ").append(String.join(" ", options)).append('\n');
      }
      return new ResolvConf(text.toString(), List.copyOf(warnings));
    }

    private void servers(List<String> servers) {
      List<String> few = servers.stream().limit(NAMESERVERS_MAX).toList();
      few.forEach(each -> text.append("nameserver ").append(each).append('\n'));
      if (few.size() < servers.size()) {
        warnings.add(
            "Nameserver limits were exceeded, some nameservers have been omitted, the applied"
                + " nameserver line is: "
                + String.join(" ", few));
      }
    }

    private void searches(List<String> searches) {
      List<String> few = new ArrayList<>();
      int length = -1;
      for (String each : searches) {
        length += each.length() + 1;
        if (few.size() == SEARCHES_MAX || length > SEARCH_CHARACTERS_MAX) {
          break;
        }
        few.add(each);
      }
      if (!few.isEmpty()) {
        text.append("search ").append(String.join(" ", few)).append('\n');
      }
      if (few.size() < searches.size()) {
        warnings.add(
            "Search Line limits were exceeded, some search paths have been omitted, the applied"
                + " search line is: "
                + String.join(" ", few));
      }
    }
  }

  private static List<String> distinct(List<String> all) {
    return List.copyOf(new LinkedHashSet<>(all));
  }

  /** A later option replaces an earlier one of the same name. */
  private static List<String> merged(List<String> options) {
    Map<String, String> byName = new LinkedHashMap<>();
    options.forEach(each -> byName.put(each.split(":", 2)[0], each));
    return List.copyOf(byName.values());
  }

  private static List<String> words(String file, String keyword) {
    List<String> result = new ArrayList<>();
    for (String line : file.split("\n", -1)) {
      String[] words = line.strip().split("\\s+");
      if (words[0].equals(keyword)) {
        result.addAll(List.of(words).subList(1, words.length));
      }
    }
    return result;
  }
}
