package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ports of containers, and of the host (upstream {@code validateContainerPorts}). */
final class ContainerPortRules {
  static final int MAX = 65_535;
  private static final List<String> PROTOCOLS = Enumeration.valuesOf("Protocol");

  private ContainerPortRules() {}

  static void validate(JsonNode ports, FieldPath path, Problems problems) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      FieldPath at = path.index(i);
      name(Trees.text(port, "name"), names, at.child("name"), problems);
      if (port.path("containerPort").asLong(0) == 0) {
        problems.required(at.child("containerPort"));
      } else {
        problems.range(at.child("containerPort"), port.path("containerPort"), 1, MAX);
      }
      if (port.path("hostPort").asLong(0) != 0) {
        problems.range(at.child("hostPort"), port.path("hostPort"), 1, MAX);
      }
      problems.requireOneOf(at.child("protocol"), Trees.text(port, "protocol"), PROTOCOLS);
    }
  }

  private static void name(String name, Set<String> names, FieldPath path, Problems problems) {
    if (name.isEmpty()) {
      return;
    }
    List<String> wrong = Names.portName(name);
    wrong.forEach(why -> problems.invalid(path, name, why));
    if (wrong.isEmpty() && !names.add(name)) {
      problems.duplicate(path, name);
    }
  }

  /** A port of the host, by protocol and address, belongs to one of these containers. */
  static void conflicts(JsonNode container, Set<String> taken, FieldPath path, Problems problems) {
    JsonNode ports = container.path("ports");
    for (int i = 0; i < ports.size(); i++) {
      long number = ports.get(i).path("hostPort").asLong(0);
      if (number == 0) {
        continue;
      }
      String key =
          "%s/%s/%d"
              .formatted(
                  Trees.text(ports.get(i), "protocol"), Trees.text(ports.get(i), "hostIP"), number);
      if (!taken.add(key)) {
        problems.duplicate(path.child("ports").index(i).child("hostPort"), key);
      }
    }
  }

  /**
   * On the host's network a container's port is the host's.
   *
   * @param pod whether this is a pod; a template may leave the host's port for later
   */
  static void hostNetwork(JsonNode spec, boolean pod, FieldPath path, Problems problems) {
    if (!spec.path("hostNetwork").asBoolean(false)) {
      return;
    }
    JsonNode containers = spec.path("containers");
    for (int c = 0; c < containers.size(); c++) {
      FieldPath at = path.child("containers").index(c).child("ports");
      for (int i = 0; i < containers.get(c).path("ports").size(); i++) {
        JsonNode port = containers.get(c).path("ports").get(i);
        long host = port.path("hostPort").asLong(0);
        if ((pod || host != 0) && host != port.path("containerPort").asLong(0)) {
          problems.invalid(
              at.index(i).child("hostPort"),
              host,
              "must match `containerPort` when `hostNetwork` is true");
        }
      }
    }
  }
}
