package dev.fairlead.controllers.endpointslice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.controllers.CanonicalJson;
import java.util.List;

/**
 * Wanted endpoints that may share slices: same address type, same ports.
 *
 * @param ports as in {@code EndpointSlice.ports}
 * @param endpoints as in {@code EndpointSlice.endpoints}
 */
record PortGroup(String addressType, ArrayNode ports, List<ObjectNode> endpoints) {
  PortGroup {
    endpoints = List.copyOf(endpoints);
  }

  /** What slices of this group have in common. */
  String shape() {
    return addressType + CanonicalJson.text(ports);
  }
}
