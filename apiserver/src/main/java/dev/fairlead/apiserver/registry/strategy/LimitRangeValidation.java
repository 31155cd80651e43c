package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.quota.Amounts;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The limits of one LimitRange: each by itself, then against each other. */
final class LimitRangeValidation {
  private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");
  private static final List<String> LISTS =
      List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

  private final JsonNode limit;
  private final String type;
  private final String path;
  private final List<FieldError> errors;

  private LimitRangeValidation(JsonNode limit, String path, List<FieldError> errors) {
    this.limit = limit;
    this.type = limit.path("type").asText("");
    this.path = path;
    this.errors = errors;
  }

  static void spec(JsonNode spec, List<FieldError> errors) {
    Set<String> types = new HashSet<>();
    int index = 0;
    for (JsonNode limit : spec.path("limits")) {
      LimitRangeValidation one =
          new LimitRangeValidation(limit, "spec.limits[%d]".formatted(index++), errors);
      one.type();
      if (!types.add(one.type)) {
        errors.add(FieldError.duplicate(one.path + ".type", one.type));
      }
      one.limit();
    }
  }

  private void type() {
    List<String> malformed = Names.qualifiedName(type);
    malformed.forEach(why -> errors.add(FieldError.invalid(path + ".type", type, why)));
    if (malformed.isEmpty() && !type.contains("/") && !TYPES.contains(type)) {
      errors.add(
          FieldError.invalid(
              path + ".type", type, "must be a standard limit type or fully qualified"));
    }
  }

  private void limit() {
    Set<String> names = new TreeSet<>();
    for (String list : LISTS) {
      boolean aDefault = list.startsWith("default");
      if (aDefault && type.equals("Pod")) {
        if (!limit.path(list).isEmpty()) {
          errors.add(
              FieldError.forbidden(path + "." + list, "may not be specified when `type` is 'Pod'"));
        }
        continue;
      }
      for (String name : amounts(list).names()) {
        names.add(name);
        resourceName(name, "%s.%s[%s]".formatted(path, list, name));
      }
    }
    if (type.equals("PersistentVolumeClaim")
        && amounts("min").get("storage") == null
        && amounts("max").get("storage") == null) {
      errors.add(
          FieldError.required(
              path + ".limits",
              "either minimum or maximum storage value is required, but neither was provided"));
    }
    names.forEach(this::together);
  }

  private void resourceName(String name, String where) {
    if (type.equals("Pod") || type.equals("Container")) {
      ResourceNames.container(name, where, errors);
    } else {
      boolean _ = ResourceNames.any(name, where, errors);
    }
  }

  private void together(String name) {
    boolean pod = type.equals("Pod");
    Optional<Quantity> min = amount("min", name);
    Optional<Quantity> max = amount("max", name);
    Optional<Quantity> limits = pod ? Optional.empty() : amount("default", name);
    Optional<Quantity> requests = pod ? Optional.empty() : amount("defaultRequest", name);
    ordered(min, max, at("min", name), true, "min value %s is greater than max value %s");
    ordered(
        min,
        requests,
        at("defaultRequest", name),
        false,
        "min value %s is greater than default request value %s");
    ordered(
        requests,
        max,
        at("defaultRequest", name),
        true,
        "default request value %s is greater than max value %s");
    ordered(
        requests,
        limits,
        at("defaultRequest", name),
        true,
        "default request value %s is greater than default limit value %s");
    ordered(
        min, limits, at("default", name), true, "min value %s is greater than default value %s");
    ordered(
        limits, max, at("default", name), false, "default value %s is greater than max value %s");
    amount("maxLimitRequestRatio", name)
        .ifPresent(ratio -> ratio(ratio, min, max, at("maxLimitRequestRatio", name)));
  }

  /** Complains when the first is more than the second; either may be missing. */
  private void ordered(
      Optional<Quantity> low, Optional<Quantity> high, String where, boolean showLow, String why) {
    if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
      Quantity shown = showLow ? low.get() : high.get();
      errors.add(FieldError.invalid(where, shown.toString(), why.formatted(low.get(), high.get())));
    }
  }

  private void ratio(Quantity ratio, Optional<Quantity> min, Optional<Quantity> max, String where) {
    if (ratio.compareTo(Quantity.of(1)) < 0) {
      errors.add(
          FieldError.invalid(where, ratio.toString(), "ratio %s is less than 1".formatted(ratio)));
    }
    if (min.isPresent() && max.isPresent() && !min.get().isZero()) {
      double most = max.get().amount().doubleValue() / min.get().amount().doubleValue();
      if (ratio.amount().doubleValue() > most) {
        errors.add(
            FieldError.invalid(
                where,
                ratio.toString(),
                "ratio %s is greater than max/min = %s"
                    .formatted(ratio, String.format(Locale.ROOT, "%f", most))));
      }
    }
  }

  private String at(String list, String name) {
    return "%s.%s[%s]".formatted(path, list, name);
  }

  private Amounts amounts(String list) {
    return Amounts.of(limit.path(list));
  }

  private Optional<Quantity> amount(String list, String name) {
    return Optional.ofNullable(amounts(list).get(name));
  }
}
