package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import dev.fairlead.apiserver.registry.rules.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests and limits (upstream {@code ValidateContainerResourceRequirements}). */
final class ResourceRules {
  private static final String HUGE_PAGES = "hugepages-";
  private static final List<String> LISTS = List.of("limits", "requests");

  private ResourceRules() {}

  /** The resources of a container. */
  static void container(
      JsonNode resources, Set<String> podClaims, FieldPath path, Problems problems) {
    if (resources.isEmpty()) {
      return;
    }
    for (String list : LISTS) {
      for (Map.Entry<String, JsonNode> each : resources.path(list).properties()) {
        FieldPath at = path.child(list).key(each.getKey());
        ResourceNames.container(each.getKey(), at.toString(), problems.list());
        amount(each.getKey(), quantity(each.getValue()), at, problems);
      }
    }
    together(resources, path, problems);
    claims(resources.path("claims"), podClaims, path.child("claims"), problems);
  }

  /** The resources of a whole pod: only what is shared by its containers. */
  static void pod(JsonNode resources, FieldPath path, Problems problems) {
    if (resources.has("claims")) {
      problems.forbidden(path.child("claims"), "claims cannot be set for Resources at pod-level");
    }
    for (String list : LISTS) {
      for (Map.Entry<String, JsonNode> each : resources.path(list).properties()) {
        String name = each.getKey();
        FieldPath at = path.child(list).key(name);
        boolean known = ResourceNames.any(name, at.toString(), problems.list());
        if (known && !ResourceNames.hugePages(name)) {
          problems.oneOf(at, name, List.of("cpu", "memory"));
        }
        amount(name, quantity(each.getValue()), at, problems);
      }
    }
    together(resources, path, problems);
  }

  private static void amount(String name, Quantity amount, FieldPath path, Problems problems) {
    if (amount.sign() < 0) {
      problems.invalid(path, amount.toString(), "must be greater than or equal to 0");
    }
    if (ResourceNames.whole(name) && amount.milliValue() % 1000 != 0) {
      problems.invalid(path, amount.toString(), "must be an integer");
    }
    if (ResourceNames.hugePages(name) && !divisible(name, amount)) {
      problems.invalid(
          path,
          amount.toString(),
          "%s is not positive integer multiple of %s".formatted(amount, name));
    }
  }

  private static boolean divisible(String name, Quantity amount) {
    try {
      Quantity page = Quantity.parse(name.substring(HUGE_PAGES.length()));
      return page.sign() > 0 && page.milliValue() % 1000 == 0 && amount.value() % page.value() == 0;
    } catch (IllegalArgumentException e) {
      // A name with a size that is none names nothing that could be divided.
      return false;
    }
  }

  private static void together(JsonNode resources, FieldPath path, Problems problems) {
    boolean huge = false;
    boolean counted = false;
    for (String list : LISTS) {
      for (String name : (Iterable<String>) () -> resources.path(list).fieldNames()) {
        huge |= ResourceNames.hugePages(name);
        counted |= name.equals("cpu") || name.equals("memory");
      }
    }
    for (Map.Entry<String, JsonNode> each : resources.path("requests").properties()) {
      withinLimit(each.getKey(), quantity(each.getValue()), resources, path, problems);
    }
    if (huge && !counted) {
      problems.forbidden(path, "HugePages require cpu or memory");
    }
  }

  private static void withinLimit(
      String name, Quantity request, JsonNode resources, FieldPath path, Problems problems) {
    JsonNode given = resources.path("limits").path(name);
    boolean exact = !ResourceNames.overcommits(name);
    if (given.isMissingNode()) {
      if (exact) {
        problems.required(
            path.child("limits"), "Limit must be set for non overcommitable resources");
      }
      return;
    }
    Quantity limit = quantity(given);
    int order = request.compareTo(limit);
    if (exact && order != 0) {
      problems.invalid(
          path.child("requests"),
          request.toString(),
          "must be equal to %s limit of %s".formatted(name, limit));
    } else if (order > 0) {
      problems.invalid(
          path.child("requests"),
          request.toString(),
          "must be less than or equal to %s limit of %s".formatted(name, limit));
    }
  }

  private static void claims(
      JsonNode claims, Set<String> podClaims, FieldPath path, Problems problems) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < claims.size(); i++) {
      FieldPath at = path.index(i);
      String name = Trees.text(claims.get(i), "name");
      String request = Trees.text(claims.get(i), "request");
      if (name.isEmpty()) {
        problems.required(at);
        continue;
      }
      if (!request.isEmpty()) {
        problems.name(at.child("request"), request, Names::dnsLabel);
      }
      String key = request.isEmpty() ? name : name + "/" + request;
      if (names.contains(name)) {
        problems.duplicate(at, name);
      } else if (!names.add(key)
          || (request.isEmpty() && names.stream().anyMatch(n -> n.startsWith(name + "/")))) {
        problems.duplicate(at, key);
      }
      if (!podClaims.contains(name)) {
        problems.add(unknownClaim(at, name, podClaims));
      }
    }
  }

  private static FieldError unknownClaim(FieldPath path, String name, Set<String> known) {
    String names = known.isEmpty() ? " which is empty" : ": " + String.join(", ", known);
    return FieldError.notFound(path.toString(), name)
        .because("must be one of the names in pod.spec.resourceClaims" + names);
  }

  static Quantity quantity(JsonNode value) {
    return Quantity.parse(value.asText());
  }
}
