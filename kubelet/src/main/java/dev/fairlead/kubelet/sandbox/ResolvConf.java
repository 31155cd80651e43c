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
final class ResolvConf {
  private static final int NAMESERVERS_MAX = 3;
  private static final int SEARCHES_MAX = 32;

  private ResolvConf() {}

  /**
   * @param node the node's own resolver file
   */
  static String of(Pod pod, KubeletSettings settings, String node) {
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
    return text(servers, searches, merged(options));
  }

  private static String text(List<String> servers, List<String> searches, List<String> options) {
    StringBuilder text = new StringBuilder();
    new LinkedHashSet<>(servers)
        .stream()
            .limit(NAMESERVERS_MAX)
            .forEach(each -> text.append("nameserver ").append(each).append('\n'));
    if (!searches.isEmpty()) {
      List<String> few = new LinkedHashSet<>(searches).stream().limit(SEARCHES_MAX).toList();
      text.append("search ").append(String.join(" ", few)).append('\n');
    }
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text.toString();
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
