package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.List;
import java.util.regex.Pattern;

/** A domain, a slash, and a path of RFC 3986, such as {@code acme.io/foo}. */
final class DomainPrefixedPath {
  private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  private static final Pattern IS_PATH = Pattern.compile(PATH);

  private DomainPrefixedPath() {}

  static void validate(String text, String field, List<FieldError> errors) {
    if (text.isEmpty()) {
      errors.add(FieldError.required(field, ""));
      return;
    }
    String[] parts = text.split("/", 2);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      errors.add(
          FieldError.invalid(
              field, text, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
      return;
    }
    Names.dnsSubdomain(parts[0])
        .forEach(why -> errors.add(FieldError.invalid(field, parts[0], why)));
    if (!IS_PATH.matcher(parts[1]).matches()) {
      errors.add(
          FieldError.invalid(
              field, parts[1], "Invalid path (regex used for validation is '%s')".formatted(PATH)));
    }
  }
}
