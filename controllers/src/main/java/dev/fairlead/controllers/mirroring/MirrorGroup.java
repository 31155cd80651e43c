package dev.fairlead.controllers.mirroring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fairlead.controllers.CanonicalJson;

/**
 * What one mirrored slice should hold.
 *
 * @param addressType {@code IPv4} or {@code IPv6}
 * @param ports as in an EndpointSlice
 * @param endpoints as in an EndpointSlice; never empty
 */
record MirrorGroup(String addressType, ArrayNode ports, ArrayNode endpoints) {

  /** Equal for groups that may share a slice. */
  String shape() {
    return addressType + CanonicalJson.text(ports);
  }
}
