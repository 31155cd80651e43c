package dev.fairlead.apiserver.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Picks a ready endpoint of a Service. Only endpoints that are pods count, and only while the pod
 * has that address: whoever may write Endpoints must not reach other addresses through the API
 * server.
 */
record ServiceEndpoints(KubeApi api, RandomGenerator random) {
  /** Where an endpoint listens. */
  record Place(String address, int port) {}

  /**
   * One of the ready endpoints, any with the same chance.
   *
   * @param id the name as it stands in the path
   * @throws ApiException 404 or 503
   */
  Place pick(String namespace, ProxyName name, String id) {
    String port = portName(namespace, name);
    Document endpoints = api.get(Target.object(Kinds.ENDPOINTS, namespace, name.name()));
    if (endpoints.tree().path("subsets").isEmpty()) {
      throw none(name.name());
    }
    List<Candidate> candidates = candidates(endpoints, port);
    while (!candidates.isEmpty()) {
      Candidate each = candidates.remove(random.nextInt(candidates.size()));
      if (holds(namespace, each)) {
        return each.place();
      }
    }
    throw none(id);
  }

  private String portName(String namespace, ProxyName name) {
    if (!name.port().matches("[0-9]{1,9}")) {
      return name.port();
    }
    int number = Integer.parseInt(name.port());
    Document service = api.get(Target.object(Kinds.SERVICE, namespace, name.name()));
    for (JsonNode port : service.spec().path("ports")) {
      if (port.path("port").asInt() == number) {
        return port.path("name").asText("");
      }
    }
    throw ApiException.unavailable(
        "no service port %d found for service \"%s\"".formatted(number, name.name()));
  }

  private record Candidate(Place place, JsonNode pod) {}

  private static List<Candidate> candidates(Document endpoints, String portName) {
    List<Candidate> found = new ArrayList<>();
    for (JsonNode subset : endpoints.tree().path("subsets")) {
      for (JsonNode port : subset.path("ports")) {
        if (port.path("name").asText("").equals(portName)) {
          for (JsonNode address : subset.path("addresses")) {
            Place place = new Place(address.path("ip").asText(), port.path("port").asInt());
            found.add(new Candidate(place, address.path("targetRef")));
          }
        }
      }
    }
    return found;
  }

  private boolean holds(String namespace, Candidate candidate) {
    JsonNode ref = candidate.pod;
    if (ref.path("name").asText("").isEmpty()
        || !ref.path("namespace").asText("").equals(namespace)) {
      return false;
    }
    try {
      Document pod = api.get(Target.object(Kinds.POD, namespace, ref.path("name").asText()));
      return pod.status()
          .path("podIPs")
          .valueStream()
          .anyMatch(ip -> ip.path("ip").asText().equals(candidate.place.address()));
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }

  private static ApiException none(String service) {
    return ApiException.unavailable("no endpoints available for service \"%s\"".formatted(service));
  }
}
