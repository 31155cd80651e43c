package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Warnings about what containers say twice or ambiguously. */
final class ContainerWarnings {
  private static final List<String> LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  /** A port and where it stands. */
  private record Known(JsonNode port, FieldPath path) {}

  private ContainerWarnings() {}

  static void of(JsonNode spec, FieldPath path, List<String> warnings) {
    List<Known> ports = new ArrayList<>();
    for (String list : LISTS) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        JsonNode container = spec.path(list).get(i);
        FieldPath at = path.child(list).index(i);
        JsonNode resources = container.path("resources");
        amounts(resources.path("limits"), at.child("resources.limits"), warnings);
        amounts(resources.path("requests"), at.child("resources.requests"), warnings);
        variables(container.path("env"), at.child("env"), warnings);
        for (int p = 0; p < container.path("ports").size(); p++) {
          ports.add(new Known(container.path("ports").get(p), at.child("ports").index(p)));
        }
      }
    }
    ports(ports, warnings);
    names(ports, warnings);
  }

  /** Fractions of a byte. */
  static void amounts(JsonNode list, FieldPath path, List<String> warnings) {
    fraction(list, "memory", path, warnings);
    fraction(list, "ephemeral-storage", path, warnings);
  }

  /** A fraction of a byte of one resource. */
  static void fraction(JsonNode list, String resource, FieldPath path, List<String> warnings) {
    String text = Trees.text(list, resource);
    if (!text.isEmpty() && Quantity.parse(text).milliValue() % 1000 != 0) {
      warnings.add(
          "%s: fractional byte value \"%s\" is invalid, must be an integer"
              .formatted(path.key(resource), Quantity.parse(text)));
    }
  }

  /** A variable may be said again to extend it, and not to replace it. */
  private static void variables(JsonNode variables, FieldPath path, List<String> warnings) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < variables.size(); i++) {
      JsonNode variable = variables.get(i);
      String name = Trees.text(variable, "name");
      if (seen.add(name)) {
        continue;
      }
      String reference = "$(%s)".formatted(name);
      String value = Trees.text(variable, "value");
      boolean extended = value.contains(reference) && !value.equals(reference);
      if (variable.has("valueFrom") || !extended) {
        warnings.add(
            "%s: hides previous definition of \"%s\", which may be dropped when using apply"
                .formatted(path.index(i), name));
      }
    }
  }

  private static void ports(List<Known> ports, List<String> warnings) {
    for (int i = 0; i < ports.size(); i++) {
      Known now = ports.get(i);
      if (!address(now).isEmpty() && hostPort(now) == 0) {
        warnings.add(
            "%s: hostIP set without hostPort: {Name:%s HostPort:0 ContainerPort:%d Protocol:%s HostIP:%s}"
                .formatted(
                    now.path(),
                    Trees.text(now.port(), "name"),
                    now.port().path("containerPort").asLong(0),
                    Trees.text(now.port(), "protocol"),
                    address(now)));
      }
      for (Known other : ports.subList(0, i)) {
        if (same(now, other)) {
          compare(now, other, warnings);
        }
      }
    }
  }

  private static void names(List<Known> ports, List<String> warnings) {
    Map<String, FieldPath> first = new HashMap<>();
    for (Known now : ports) {
      String name = Trees.text(now.port(), "name");
      FieldPath other = name.isEmpty() ? null : first.putIfAbsent(name, now.path());
      if (other != null) {
        warnings.add(
            "%s: duplicate port name \"%s\" with %s, services and probes that select ports by name will use %s"
                .formatted(now.path(), name, other, other));
      }
    }
  }

  private static boolean same(Known now, Known other) {
    return now.port().path("containerPort").asLong(0)
            == other.port().path("containerPort").asLong(0)
        && Trees.text(now.port(), "protocol").equals(Trees.text(other.port(), "protocol"));
  }

  private static void compare(Known now, Known other, List<String> warnings) {
    boolean sameHostPort = hostPort(now) == hostPort(other);
    boolean oneAddress = address(now).isEmpty() != address(other).isEmpty();
    String what = "";
    if (sameHostPort && address(now).equals(address(other))) {
      what = "duplicate";
    } else if (hostPort(now) == 0 || hostPort(other) == 0) {
      what = "overlapping";
    } else if (sameHostPort && oneAddress) {
      what = "dangerously ambiguous";
    }
    if (!what.isEmpty()) {
      warnings.add("%s: %s port definition with %s".formatted(now.path(), what, other.path()));
    }
  }

  private static long hostPort(Known known) {
    return known.port().path("hostPort").asLong(0);
  }

  private static String address(Known known) {
    return Trees.text(known.port(), "hostIP");
  }
}
