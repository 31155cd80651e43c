package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gives new pods their service account, and what belongs to it: a token, the certificates to trust
 * and the namespace, mounted where client libraries look (KEP-1205), and secrets to pull images
 * with. Pods of an account that does not exist are refused.
 */
public final class AccountAdmission implements Admission {
  private static final String DEFAULT = "default";
  private static final String FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String VOLUME = "kube-api-access-";
  private static final int SECONDS = 3607;
  private static final int MODE = 420;

  /** A namespace's first pods may come before its account {@code default} does. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ClusterState cluster;
  private final UnaryOperator<String> names;

  /**
   * A rule over these accounts.
   *
   * @param names makes a name from its beginning
   */
  public AccountAdmission(ClusterState cluster, UnaryOperator<String> names) {
    this.cluster = cluster;
    this.names = names;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectNode object) {
    if (!request.creates(Kinds.POD) || !(object.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    String namespace = request.target().namespace();
    if (spec.path("serviceAccountName").asText("").isEmpty()) {
      spec.put("serviceAccountName", DEFAULT).put("serviceAccount", DEFAULT);
    }
    String name = spec.path("serviceAccountName").asText();
    Document account = find(namespace, name);
    if (account == null) {
      throw request.forbidden(
          "error looking up service account %s/%s: serviceaccount \"%s\" not found"
              .formatted(namespace, name, name));
    }
    if (mounts(spec, account.tree())) {
      mount(spec);
    }
    JsonNode pullSecrets = account.tree().path("imagePullSecrets");
    if (spec.path("imagePullSecrets").isEmpty() && !pullSecrets.isEmpty()) {
      spec.set("imagePullSecrets", pullSecrets);
    }
  }

  private @Nullable Document find(String namespace, String name) {
    return name.equals(DEFAULT)
        ? cluster.await(Kinds.SERVICE_ACCOUNT, namespace, name, PATIENCE)
        : cluster.get(Kinds.SERVICE_ACCOUNT, namespace, name);
  }

  /** The pod decides, else the account, else they are mounted. */
  private static boolean mounts(JsonNode spec, JsonNode account) {
    JsonNode own = spec.path("automountServiceAccountToken");
    return own.isBoolean()
        ? own.asBoolean()
        : account.path("automountServiceAccountToken").asBoolean(true);
  }

  private void mount(ObjectNode spec) {
    String volume = names.apply(VOLUME);
    boolean needed = false;
    for (String list : new String[] {"initContainers", "containers"}) {
      for (JsonNode container : spec.path(list)) {
        needed |= container instanceof ObjectNode own && mount(own, volume);
      }
    }
    if (needed) {
      spec.withArray("volumes").add(volume(volume));
    }
  }

  /** Mounts the volume unless the container has something else there; whether it did. */
  private static boolean mount(ObjectNode container, String volume) {
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").asText("").equals(FOLDER)) {
        return false;
      }
    }
    container
        .withArray("volumeMounts")
        .addObject()
        .put("name", volume)
        .put("readOnly", true)
        .put("mountPath", FOLDER);
    return true;
  }

  private static ObjectNode volume(String name) {
    ObjectNode volume = Json.object().put("name", name);
    ObjectNode projected = volume.putObject("projected");
    ArrayNode sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", SECONDS)
        .put("path", "token");
    ObjectNode certificates =
        sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
    certificates.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    ObjectNode namespace =
        sources.addObject().putObject("downwardAPI").putArray("items").addObject();
    namespace
        .put("path", "namespace")
        .putObject("fieldRef")
        .put("apiVersion", "v1")
        .put("fieldPath", "metadata.namespace");
    projected.put("defaultMode", MODE);
    return volume;
  }
}
