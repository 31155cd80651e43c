package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import dev.fairlead.apiserver.registry.rules.Ports;
import dev.fairlead.apiserver.registry.rules.SelectorValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a NetworkPolicy's spec must look like (upstream {@code pkg/apis/networking/validation},
 * {@code ValidateNetworkPolicySpec}).
 */
final class NetworkPolicyValidation {
  /** Upstream lists them in another order here than everywhere else. */
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

  private static final List<String> TYPES = Enumeration.valuesOf("PolicyType");

  private NetworkPolicyValidation() {}

  static List<FieldError> spec(JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    SelectorValidation.validate(spec.path("podSelector"), "spec.podSelector", errors);
    rules(spec, "ingress", "from", errors);
    rules(spec, "egress", "to", errors);
    JsonNode types = spec.path("policyTypes");
    if (types.size() > TYPES.size()) {
      errors.add(
          FieldError.invalid(
              "spec.policyTypes", types, "may not specify more than two policyTypes"));
      return errors;
    }
    for (int i = 0; i < types.size(); i++) {
      if (!TYPES.contains(types.get(i).asText())) {
        errors.add(
            FieldError.notSupported(
                "spec.policyTypes[%d]".formatted(i), types.get(i).asText(), TYPES));
      }
    }
    return errors;
  }

  private static void rules(
      JsonNode spec, String direction, String peers, List<FieldError> errors) {
    JsonNode rules = spec.path(direction);
    for (int i = 0; i < rules.size(); i++) {
      String path = "spec.%s[%d]".formatted(direction, i);
      int port = 0;
      for (JsonNode each : rules.get(i).path("ports")) {
        port(each, "%s.ports[%d]".formatted(path, port++), errors);
      }
      int peer = 0;
      for (JsonNode each : rules.get(i).path(peers)) {
        peer(each, "%s.%s[%d]".formatted(path, peers, peer++), errors);
      }
    }
  }

  private static void port(JsonNode port, String path, List<FieldError> errors) {
    String protocol = port.path("protocol").asText("TCP");
    if (!PROTOCOLS.contains(protocol)) {
      errors.add(FieldError.notSupported(path + ".protocol", protocol, PROTOCOLS));
    }
    JsonNode first = port.path("port");
    if (first.isNumber()) {
      Ports.number(first, path + ".port", errors);
    } else if (first.isTextual()) {
      endPort(port, path, "may not be specified when `port` is non-numeric", errors);
      Names.portName(first.asText())
          .forEach(why -> errors.add(FieldError.invalid(path + ".port", first.asText(), why)));
    } else {
      endPort(port, path, "may not be specified when `port` is not specified", errors);
    }
    if (first.isNumber() && port.has("endPort")) {
      if (port.get("endPort").asLong() < first.asLong()) {
        endPort(port, path, "must be greater than or equal to `port`", errors);
      }
      Ports.number(port.get("endPort"), path + ".endPort", errors);
    }
  }

  private static void endPort(JsonNode port, String path, String why, List<FieldError> errors) {
    if (port.has("endPort")) {
      errors.add(FieldError.invalid(path + ".endPort", port.get("endPort"), why));
    }
  }

  private static void peer(JsonNode peer, String path, List<FieldError> errors) {
    boolean selected = false;
    for (String selector : List.of("podSelector", "namespaceSelector")) {
      if (peer.has(selector)) {
        selected = true;
        SelectorValidation.validate(peer.get(selector), path + "." + selector, errors);
      }
    }
    if (peer.has("ipBlock")) {
      block(peer.get("ipBlock"), path + ".ipBlock", errors);
      if (selected) {
        errors.add(FieldError.forbidden(path, "may not specify both ipBlock and another peer"));
      }
    } else if (!selected) {
      errors.add(FieldError.required(path, "must specify a peer"));
    }
  }

  private static void block(JsonNode block, String path, List<FieldError> errors) {
    String range = block.path("cidr").asText("");
    if (range.isEmpty()) {
      errors.add(FieldError.required(path + ".cidr", ""));
      return;
    }
    IpValidation.legacyCidr(range)
        .forEach(why -> errors.add(FieldError.invalid(path + ".cidr", range, why)));
    Optional<Cidr> whole = Cidr.parseLegacy(range);
    if (whole.isEmpty()) {
      return;
    }
    int index = 0;
    for (JsonNode each : block.path("except")) {
      except(each.asText(), whole.get(), "%s.except[%d]".formatted(path, index++), errors);
    }
  }

  private static void except(String text, Cidr whole, String path, List<FieldError> errors) {
    IpValidation.legacyCidr(text).forEach(why -> errors.add(FieldError.invalid(path, text, why)));
    Cidr.parseLegacy(text)
        .filter(part -> part.prefix() <= whole.prefix() || !contains(whole, part))
        .ifPresent(part ->
            errors.add(FieldError.invalid(path, text, "must be a strict subset of `cidr`")));
  }

  private static boolean contains(Cidr whole, Cidr part) {
    return whole.unmapped().contains(part.unmapped().address());
  }
}
