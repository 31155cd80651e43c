package dev.fairlead.apiserver.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.allocation.ClusterAddresses;
import dev.fairlead.apiserver.registry.RegistrySettings;

/** The Services {@code kubernetes} and {@code kube-dns} as trees. */
final class SystemServices {
  private SystemServices() {}

  static ObjectNode kubernetes(RegistrySettings settings) {
    ObjectNode service = Json.object();
    ObjectNode labels = service.putObject("metadata").put("name", "kubernetes").putObject("labels");
    labels.put("component", "apiserver").put("provider", "kubernetes");
    ObjectNode spec = service.putObject("spec").put("type", "ClusterIP");
    spec.put("clusterIP", ClusterAddresses.first(settings.serviceCidr()));
    spec.putArray("ports")
        .addObject()
        .put("name", "https")
        .put("protocol", "TCP")
        .put("port", 443)
        .put("targetPort", settings.advertisePort());
    return service;
  }

  static ObjectNode dns(RegistrySettings settings) {
    ObjectNode service = Json.object();
    ObjectNode labels = service.putObject("metadata").put("name", "kube-dns").putObject("labels");
    labels.put("k8s-app", "kube-dns");
    labels.put("kubernetes.io/cluster-service", "true");
    labels.put("kubernetes.io/name", "CoreDNS");
    ObjectNode spec = service.putObject("spec").put("type", "ClusterIP");
    spec.put("clusterIP", settings.dnsAddress());
    var ports = spec.putArray("ports");
    ports.addObject().put("name", "dns").put("protocol", "UDP").put("port", 53);
    ports.addObject().put("name", "dns-tcp").put("protocol", "TCP").put("port", 53);
    return service;
  }

  static ObjectNode endpoints(RegistrySettings settings) {
    ObjectNode endpoints = Json.object();
    endpoints
        .putObject("metadata")
        .put("name", "kubernetes")
        .putObject("labels")
        .put("endpointslice.kubernetes.io/skip-mirror", "true");
    ObjectNode subset = endpoints.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", settings.advertiseAddress());
    port(subset.putArray("ports").addObject(), settings);
    return endpoints;
  }

  static ObjectNode endpointSlice(RegistrySettings settings) {
    ObjectNode slice = Json.object();
    slice
        .putObject("metadata")
        .put("name", "kubernetes")
        .putObject("labels")
        .put("kubernetes.io/service-name", "kubernetes");
    slice.put("addressType", "IPv4");
    ObjectNode endpoint = slice.putArray("endpoints").addObject();
    endpoint.putArray("addresses").add(settings.advertiseAddress());
    endpoint.putObject("conditions").put("ready", true);
    port(slice.putArray("ports").addObject(), settings);
    return slice;
  }

  private static void port(ObjectNode port, RegistrySettings settings) {
    port.put("name", "https").put("port", settings.advertisePort()).put("protocol", "TCP");
  }
}
