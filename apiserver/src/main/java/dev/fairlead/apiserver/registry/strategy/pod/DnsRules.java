package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import dev.fairlead.apiserver.registry.rules.Problems;

/**
 * What {@code dnsConfig} and {@code hostAliases} must look like (upstream {@code
 * validatePodDNSConfig}, {@code ValidateHostAliases}).
 */
final class DnsRules {
  private static final int NAMESERVERS_MAX = 3;
  private static final int SEARCHES_MAX = 32;
  private static final int SEARCH_CHARACTERS_MAX = 2048;

  private DnsRules() {}

  static void aliases(JsonNode aliases, FieldPath path, Problems problems) {
    for (int i = 0; i < aliases.size(); i++) {
      FieldPath at = path.index(i);
      problems.name(at.child("ip"), Trees.text(aliases.get(i), "ip"), IpValidation::legacyIp);
      JsonNode names = aliases.get(i).path("hostnames");
      for (int j = 0; j < names.size(); j++) {
        problems.name(at.child("hostnames").index(j), names.get(j).asText(""), Names::dnsSubdomain);
      }
    }
  }

  static void config(JsonNode spec, FieldPath path, Problems problems) {
    JsonNode config = spec.path("dnsConfig");
    if (Trees.text(spec, "dnsPolicy").equals("None")) {
      if (!config.isObject()) {
        problems.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
        return;
      }
      if (config.path("nameservers").isEmpty()) {
        problems.required(
            path.child("nameservers"),
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
        return;
      }
    }
    nameservers(config.path("nameservers"), path.child("nameservers"), problems);
    searches(config.path("searches"), path.child("searches"), problems);
    for (int i = 0; i < config.path("options").size(); i++) {
      if (Trees.text(config.path("options").get(i), "name").isEmpty()) {
        problems.required(path.child("options").index(i), "must not be empty");
      }
    }
  }

  private static void nameservers(JsonNode servers, FieldPath path, Problems problems) {
    if (servers.size() > NAMESERVERS_MAX) {
      problems.invalid(path, servers, "must not have more than 3 nameservers");
    }
    for (int i = 0; i < servers.size(); i++) {
      problems.name(path.index(i), servers.get(i).asText(""), IpValidation::legacyIp);
    }
  }

  private static void searches(JsonNode searches, FieldPath path, Problems problems) {
    if (searches.size() > SEARCHES_MAX) {
      problems.invalid(path, searches, "must not have more than 32 search paths");
    }
    int characters = Math.max(0, searches.size() - 1);
    for (JsonNode search : searches) {
      characters += search.asText("").length();
    }
    if (characters > SEARCH_CHARACTERS_MAX) {
      problems.invalid(
          path,
          searches,
          "must not have more than 2048 characters (including spaces) in the search list");
    }
    for (int i = 0; i < searches.size(); i++) {
      String name = searches.get(i).asText("");
      // The root alone is fine: names are then tried as they are.
      if (!name.equals(".")) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        problems.name(path.index(i), bare, Names::underscoreSubdomain);
      }
    }
  }
}
