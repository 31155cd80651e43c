package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code windowsOptions}: stored as upstream stores them, though no node here runs Windows. */
final class WindowsOptionRules {
  private static final int SPEC_KIB_MAX = 64;
  private static final int DOMAIN_MAX = 256;
  private static final int USER_MAX = 104;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern NET_BIOS =
      Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final Pattern DNS = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern BAD_USER = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");
  private static final Pattern DOTS = Pattern.compile("[. ]+");

  private WindowsOptionRules() {}

  /**
   * Checks them.
   *
   * @param context the security context that holds them
   */
  static void validate(JsonNode options, FieldPath context, Problems problems) {
    if (options.isEmpty()) {
      return;
    }
    FieldPath path = context.child("windowsOptions");
    if (options.has("gmsaCredentialSpecName")) {
      problems.name(
          path.child("gmsaCredentialSpecName"),
          Trees.text(options, "gmsaCredentialSpecName"),
          Names::dnsSubdomain);
    }
    if (options.has("gmsaCredentialSpec")) {
      spec(Trees.text(options, "gmsaCredentialSpec"), path.child("gmsaCredentialSpec"), problems);
    }
    if (options.has("runAsUserName")) {
      String name = Trees.text(options, "runAsUserName");
      for (String why : user(name)) {
        problems.invalid(path.child("runAsUserName"), name, why);
      }
    }
  }

  private static void spec(String spec, FieldPath path, Problems problems) {
    if (spec.isEmpty()) {
      problems.invalid(path, spec, "gmsaCredentialSpec cannot be an empty string");
    } else if (spec.length() > SPEC_KIB_MAX * 1024) {
      problems.invalid(
          path, spec, "gmsaCredentialSpec size must be under %d KiB".formatted(SPEC_KIB_MAX));
    }
  }

  private static List<String> user(String name) {
    if (name.isEmpty()) {
      return List.of("runAsUserName cannot be an empty string");
    }
    if (CONTROL.matcher(name).find()) {
      return List.of("runAsUserName cannot contain control characters");
    }
    int slash = name.indexOf('\\');
    if (slash >= 0 && name.indexOf('\\', slash + 1) >= 0) {
      return List.of("runAsUserName cannot contain more than one backslash");
    }
    List<String> wrong = new ArrayList<>();
    if (slash >= 0) {
      domain(name.substring(0, slash), wrong);
    }
    account(name.substring(slash + 1), wrong);
    return wrong;
  }

  private static void domain(String domain, List<String> wrong) {
    if (domain.length() >= DOMAIN_MAX) {
      wrong.add("runAsUserName's Domain length must be under %d characters".formatted(DOMAIN_MAX));
    }
    if (!NET_BIOS.matcher(domain).matches() && !DNS.matcher(domain).matches()) {
      wrong.add("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
    }
  }

  private static void account(String user, List<String> wrong) {
    if (user.isEmpty()) {
      wrong.add("runAsUserName's User cannot be empty");
    } else if (user.length() > USER_MAX) {
      wrong.add(
          "runAsUserName's User length must not be longer than %d characters".formatted(USER_MAX));
    }
    if (DOTS.matcher(user).matches()) {
      wrong.add("runAsUserName's User cannot contain only periods or spaces");
    }
    if (BAD_USER.matcher(user).find()) {
      wrong.add("runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
    }
  }
}
