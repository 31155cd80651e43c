package dev.fairlead.apiserver.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.backend.Backend;
import dev.fairlead.apiserver.logs.KubeletAddress;
import java.net.InetAddress;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** Finds the server that stands behind a pod, a Service or a node (upstream: ResourceLocation). */
final class Backends {
  private final KubeApi api;
  private final SSLContext kubelets;
  private final RandomGenerator random;
  private final Predicate<InetAddress> reachable;

  /**
   * Backends of one cluster.
   *
   * @param api sees everything, whoever asks
   * @param kubelets shows the API server's client certificate and trusts the kubelets'
   * @param random picks endpoints
   * @param reachable the addresses of pods and nodes that may be reached
   */
  Backends(
      KubeApi api, SSLContext kubelets, RandomGenerator random, Predicate<InetAddress> reachable) {
    this.reachable = reachable;
    this.api = api;
    this.kubelets = kubelets;
    this.random = random;
  }

  /**
   * The backend.
   *
   * @throws ApiException 400, 404 or 503
   */
  Backend find(Target target) {
    if (target.type().equals(Kinds.POD)) {
      return pod(target.namespace(), ProxyName.parse("pod", target.name()));
    }
    if (target.type().equals(Kinds.SERVICE)) {
      ProxyName name = ProxyName.parse("service", target.name());
      ServiceEndpoints.Place place =
          new ServiceEndpoints(api, random).pick(target.namespace(), name, target.name());
      return backend(name, place.address(), place.port());
    }
    return node(ProxyName.parse("node", target.name()));
  }

  private Backend pod(String namespace, ProxyName name) {
    Document pod = api.get(Target.object(Kinds.POD, namespace, name.name()));
    String port = "";
    for (JsonNode container : pod.spec().path("containers")) {
      if (port.isEmpty()) {
        port = container.at("/ports/0/containerPort").asText("");
      }
    }
    String address = pod.status().at("/podIPs/0/ip").asText("");
    requireReachable(address);
    return backend(name, address, name.portOr(port));
  }

  private Backend node(ProxyName name) {
    Document node = api.get(Target.object(Kinds.NODE, "", name.name()));
    KubeletAddress kubelet =
        KubeletAddress.ofNode(node)
            .orElseThrow(() -> ApiException.badRequest("address not allowed"));
    requireReachable(kubelet.host());
    boolean own = name.port().isEmpty() || name.port().equals(Integer.toString(kubelet.port()));
    return own
        ? Backend.https(kubelet.host(), kubelet.port(), kubelets)
        : backend(name, kubelet.host(), name.portOr(""));
  }

  private static Backend backend(ProxyName name, String address, int port) {
    return name.https() ? Backend.anyCertificate(address, port) : Backend.http(address, port);
  }

  /** Nobody may reach the API server's own loopback or a link's addresses through it. */
  static boolean globalUnicast(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && !address.isLinkLocalAddress();
  }

  private void requireReachable(String address) {
    boolean allowed;
    try {
      allowed = reachable.test(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      allowed = false; // There is no address, or it is none.
    }
    if (!allowed) {
      throw ApiException.badRequest("address not allowed");
    }
  }
}
