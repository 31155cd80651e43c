package dev.fairlead.discovery;

import dev.fairlead.api.Document;
import java.nio.charset.StandardCharsets;

/** Services and slices for tests. */
final class Objects {
  private Objects() {}

  static Document service(String name, String spec) {
    return json(
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","namespace":"default"},
         "spec":{%s}}\
        """
            .formatted(name, spec));
  }

  static Document service(String name) {
    return service(
        name, "\"clusterIP\":\"10.0.0.1\",\"clusterIPs\":[\"10.0.0.1\"],\"ports\":[{\"port\":80}]");
  }

  static Document slice(String name, String service, String ports, String endpoints) {
    return json(
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
         "metadata":{"name":"%s","namespace":"default",
           "labels":{"kubernetes.io/service-name":"%s"}},
         "ports":[%s],"endpoints":[%s]}\
        """
            .formatted(name, service, ports, endpoints));
  }

  static String port(String name, int port) {
    return "{\"name\":\"%s\",\"protocol\":\"TCP\",\"port\":%d}".formatted(name, port);
  }

  static String endpoint(String address, String conditions) {
    return "{\"addresses\":[\"%s\"],\"conditions\":{%s}}".formatted(address, conditions);
  }

  static Document json(String text) {
    return Document.ofJson(text.getBytes(StandardCharsets.UTF_8));
  }
}
