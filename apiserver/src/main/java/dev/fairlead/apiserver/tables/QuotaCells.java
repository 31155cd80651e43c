package dev.fairlead.apiserver.tables;

import dev.fairlead.api.Document;
import dev.fairlead.api.quota.Amounts;
import java.util.stream.Collectors;

/** What a ResourceQuota's table shows: used and hard amounts, limits apart from the rest. */
final class QuotaCells {
  private QuotaCells() {}

  static String text(Document quota, boolean limits) {
    Amounts hard = Amounts.of(quota.status().path("hard"));
    Amounts used = Amounts.of(quota.status().path("used"));
    return hard.names().stream()
        .filter(name -> name.startsWith("limits.") == limits)
        .map(name -> "%s: %s/%s".formatted(name, used.getOrZero(name), hard.getOrZero(name)))
        .collect(Collectors.joining(", "));
  }
}
