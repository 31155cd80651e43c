package dev.fairlead.apiserver.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.ServiceCidr;
import dev.fairlead.apiserver.registry.RegistrySettings;
import java.util.List;

/**
 * Creates what every cluster starts with. Idempotent: what exists stays, except that the endpoints
 * of {@code kubernetes} follow the advertised address.
 */
public final class Bootstrap {
  /** Writes as the API server itself. */
  static final WriteOptions AS_API_SERVER = new WriteOptions(false, "kube-apiserver", false);

  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");

  private final KubeApi api;
  private final RegistrySettings settings;

  private Bootstrap(KubeApi api, RegistrySettings settings) {
    this.api = api;
    this.settings = settings;
  }

  /**
   * Creates what is missing.
   *
   * @throws ApiException when the API refuses, for example because an address is taken
   */
  public static void run(KubeApi api, RegistrySettings settings) {
    new Bootstrap(api, settings).run();
  }

  private void run() {
    for (String name : NAMESPACES) {
      ObjectNode namespace = Json.object();
      namespace.putObject("metadata").put("name", name);
      create(Target.object(Kinds.NAMESPACE, "", name), namespace);
    }
    for (ObjectNode each : SystemPriorities.all()) {
      String name = each.path("metadata").path("name").asText();
      create(Target.object(Kinds.PRIORITY_CLASS, "", name), each);
    }
    serviceCidr();
    new AddressRepair(api).run();
    create(
        Target.object(Kinds.SERVICE, "default", "kubernetes"), SystemServices.kubernetes(settings));
    create(Target.object(Kinds.SERVICE, "kube-system", "kube-dns"), SystemServices.dns(settings));
    set(
        Target.object(Kinds.ENDPOINTS, "default", "kubernetes"),
        SystemServices.endpoints(settings),
        "subsets");
    set(
        Target.object(Kinds.ENDPOINT_SLICE, "default", "kubernetes"),
        SystemServices.endpointSlice(settings),
        "endpoints",
        "ports");
  }

  /** The range given at start as an object; one that differs is left to its administrator. */
  private void serviceCidr() {
    Target target = Target.object(Kinds.SERVICE_CIDR, "", ServiceCidr.DEFAULT_NAME);
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", ServiceCidr.DEFAULT_NAME);
    object.putObject("spec").putArray("cidrs").add(settings.serviceCidr());
    create(target, object);
    Document found = api.get(target);
    boolean ours = found.spec().path("cidrs").equals(object.path("spec").path("cidrs"));
    if (ours && !found.meta().deleting() && found.status().path("conditions").isEmpty()) {
      api.update(target.sub("status"), found.with(Bootstrap::ready), AS_API_SERVER);
    }
  }

  /** Ready since it was made. */
  private static void ready(ObjectNode serviceCidr) {
    serviceCidr
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "")
        .put("message", "Kubernetes default Service CIDR is ready")
        .set("lastTransitionTime", serviceCidr.path("metadata").path("creationTimestamp"));
  }

  private void create(Target target, ObjectNode object) {
    if (exists(target)) {
      return;
    }
    try {
      api.create(
          Target.collection(target.type(), target.namespace()), Document.of(object), AS_API_SERVER);
    } catch (ApiException e) {
      if (!e.isAlreadyExists()) {
        throw e;
      }
    }
  }

  private boolean exists(Target target) {
    try {
      api.get(target);
      return true;
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      return false;
    }
  }

  /** Creates the object, or gives these fields of it their value. */
  private void set(Target target, ObjectNode object, String... fields) {
    create(target, object.deepCopy());
    Document found = api.get(target);
    Document wanted =
        found.with(tree -> {
          for (String field : fields) {
            tree.set(field, object.get(field));
          }
        });
    if (!wanted.equals(found)) {
      api.update(target, wanted, AS_API_SERVER);
    }
  }
}
