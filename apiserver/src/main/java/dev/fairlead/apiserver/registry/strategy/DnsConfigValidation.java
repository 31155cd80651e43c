package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code dnsConfig} and {@code hostAliases} must look like (upstream {@code
 * validatePodDNSConfig}, {@code ValidateHostAliases}).
 */
final class DnsConfigValidation {
  private static final int NAMESERVERS_MAX = 3;
  private static final int SEARCHES_MAX = 32;
  private static final int SEARCH_CHARACTERS_MAX = 2048;

  private DnsConfigValidation() {}

  static void validate(JsonNode spec, String path, List<FieldError> errors) {
    config(spec, path + ".dnsConfig", errors);
    int index = 0;
    for (JsonNode alias : spec.path("hostAliases")) {
      String where = "%s.hostAliases[%d]".formatted(path, index++);
      address(alias.path("ip").asText(""), where + ".ip", errors);
      for (int i = 0; i < alias.path("hostnames").size(); i++) {
        String name = alias.path("hostnames").get(i).asText("");
        String at = "%s.hostnames[%d]".formatted(where, i);
        Names.dnsSubdomain(name).ifPresent(why -> errors.add(FieldError.invalid(at, name, why)));
      }
    }
  }

  private static void config(JsonNode spec, String path, List<FieldError> errors) {
    JsonNode config = spec.path("dnsConfig");
    if (spec.path("dnsPolicy").asText("").equals("None")) {
      if (!config.isObject()) {
        errors.add(FieldError.required(path, "must provide `dnsConfig` when `dnsPolicy` is None"));
        return;
      }
      if (config.path("nameservers").isEmpty()) {
        errors.add(
            FieldError.required(
                path + ".nameservers",
                "must provide at least one DNS nameserver when `dnsPolicy` is None"));
        return;
      }
    }
    nameservers(config.path("nameservers"), path + ".nameservers", errors);
    searches(config.path("searches"), path + ".searches", errors);
    for (int i = 0; i < config.path("options").size(); i++) {
      if (config.path("options").get(i).path("name").asText("").isEmpty()) {
        errors.add(FieldError.required("%s.options[%d]".formatted(path, i), "must not be empty"));
      }
    }
  }

  private static void nameservers(JsonNode servers, String path, List<FieldError> errors) {
    if (servers.size() > NAMESERVERS_MAX) {
      errors.add(FieldError.invalid(path, servers, "must not have more than 3 nameservers"));
    }
    for (int i = 0; i < servers.size(); i++) {
      address(servers.get(i).asText(""), "%s[%d]".formatted(path, i), errors);
    }
  }

  private static void searches(JsonNode searches, String path, List<FieldError> errors) {
    if (searches.size() > SEARCHES_MAX) {
      errors.add(FieldError.invalid(path, searches, "must not have more than 32 search paths"));
    }
    List<String> names = new ArrayList<>();
    searches.forEach(each -> names.add(each.asText("")));
    if (String.join(" ", names).length() > SEARCH_CHARACTERS_MAX) {
      errors.add(
          FieldError.invalid(
              path,
              searches,
              "must not have more than 2048 characters (including spaces) in the search list"));
    }
    for (int i = 0; i < names.size(); i++) {
      String at = "%s[%d]".formatted(path, i);
      String name = names.get(i).endsWith(".") ? cut(names.get(i)) : names.get(i);
      Names.dnsSubdomain(name).ifPresent(why -> errors.add(FieldError.invalid(at, name, why)));
    }
  }

  private static String cut(String name) {
    return name.substring(0, name.length() - 1);
  }

  private static void address(String address, String path, List<FieldError> errors) {
    IpValidation.legacyIp(address)
        .ifPresent(why -> errors.add(FieldError.invalid(path, address, why)));
  }
}
