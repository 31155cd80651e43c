package dev.fairlead.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a write means for one quota (upstream {@code CheckRequest}). */
public sealed interface QuotaCharge {

  /** The quota is not about this object, or the object uses no more than before. */
  record Nothing() implements QuotaCharge {}

  /** The write goes against the quota. */
  record Refused(String why) implements QuotaCharge {}

  /** The write fits; from then on this much is used. */
  record Used(Amounts used) implements QuotaCharge {}

  /**
   * Decides on one write.
   *
   * @param old the stored object; null for a creation
   */
  static QuotaCharge decide(
      Document quota, ResourceType type, JsonNode object, @Nullable JsonNode old, Instant now) {
    Amounts hard = Amounts.of(quota.status().path("hard"));
    Set<String> names = QuotaUsage.tracked(type, hard.names());
    if (names.isEmpty() || !QuotaScopes.match(quota.spec(), type, object)) {
      return new Nothing();
    }
    String missing = type.equals(Kinds.POD) ? missing(object.path("spec"), names) : "";
    if (!missing.isEmpty()) {
      return new Refused("failed quota: %s: must specify %s".formatted(quota.name(), missing));
    }
    Amounts used = Amounts.of(quota.status().path("used"));
    if (!used.names().containsAll(names)) {
      return new Refused(
          "status unknown for quota: %s, resources: %s"
              .formatted(quota.name(), String.join(",", names)));
    }
    Amounts more = QuotaUsage.of(type, object, now);
    if (old != null && QuotaScopes.match(quota.spec(), type, old)) {
      more = more.minusDownToZero(QuotaUsage.of(type, old, now));
    }
    return charge(quota, hard, used, more.only(names).withoutZeros());
  }

  private static QuotaCharge charge(Document quota, Amounts hard, Amounts used, Amounts more) {
    if (more.isEmpty()) {
      return new Nothing();
    }
    Amounts next = used.plus(more);
    Set<String> exceeded = next.only(more.names()).exceeding(hard);
    return exceeded.isEmpty()
        ? new Used(next)
        : new Refused(
            "exceeded quota: %s, requested: %s, used: %s, limited: %s"
                .formatted(
                    quota.name(), more.only(exceeded), used.only(exceeded), hard.only(exceeded)));
  }

  /** Each resource that some container does not name though the quota limits it. */
  private static String missing(JsonNode spec, Set<String> limited) {
    TreeMap<String, Set<String>> containers = new TreeMap<>();
    for (JsonNode container : PodAmounts.containers(spec)) {
      Amounts given = QuotaUsage.container(container.path("resources"));
      for (String name : limited) {
        if (QuotaUsage.SPOKEN_FOR.contains(name) && given.get(name) == null) {
          containers
              .computeIfAbsent(name, any -> new TreeSet<>())
              .add(container.path("name").asText());
        }
      }
    }
    return containers.entrySet().stream()
        .map(each -> "%s for: %s".formatted(each.getKey(), String.join(",", each.getValue())))
        .collect(Collectors.joining("; "));
  }
}
