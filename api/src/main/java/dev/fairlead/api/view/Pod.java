package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Meta;
import dev.fairlead.api.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Fairlead reads of a Pod (API: {@code core/v1 Pod}). Strings that are missing are empty,
 * collections empty.
 *
 * @param nodeName empty while nobody has scheduled it
 * @param restartPolicy {@code Always} when missing
 * @param terminationGracePeriodSeconds 30 when missing; 1 when below zero, which upstream accepts
 *     and warns about
 * @param activeDeadlineSeconds since its start; null for no end
 * @param enableServiceLinks true when missing
 * @param hostname as asked for in {@code spec.hostname}; empty for the pod's name
 * @param serviceAccountName {@code default} when missing
 * @param volumes as they stand: nobody but the kubelet reads them
 * @param readinessGates the types of the conditions that must be {@code True} too
 */
public record Pod(
    Meta meta,
    String nodeName,
    String restartPolicy,
    long terminationGracePeriodSeconds,
    @Nullable Long activeDeadlineSeconds,
    boolean hostNetwork,
    boolean enableServiceLinks,
    String hostname,
    String subdomain,
    boolean setHostnameAsFqdn,
    String serviceAccountName,
    List<Container> initContainers,
    List<Container> containers,
    List<Container> ephemeralContainers,
    JsonNode volumes,
    List<String> readinessGates,
    PodDns dns,
    List<HostAlias> hostAliases,
    Status status) {
  private static final long GRACE_SECONDS_DEFAULT = 30;

  /** One line of {@code spec.hostAliases}. */
  public record HostAlias(String ip, List<String> hostnames) {}

  /**
   * What the kubelet said last.
   *
   * @param phase {@code Pending} when missing
   * @param podIp empty while it has none
   * @param ready whether the condition {@code Ready} is {@code True}
   * @param startTime null before a kubelet has seen the pod
   */
  public record Status(
      String phase,
      String podIp,
      List<String> podIps,
      String hostIp,
      boolean ready,
      @Nullable Instant startTime) {

    /** Whether all containers have ended for good. */
    public boolean terminal() {
      return phase.equals("Succeeded") || phase.equals("Failed");
    }
  }

  /** Reads a Pod's document. */
  public static Pod of(Document document) {
    JsonNode spec = document.spec();
    return new Pod(
        document.meta(),
        spec.path("nodeName").asText(""),
        spec.path("restartPolicy").asText("Always"),
        graceSeconds(spec.path("terminationGracePeriodSeconds")),
        spec.path("activeDeadlineSeconds").isNumber()
            ? Long.valueOf(spec.path("activeDeadlineSeconds").asLong())
            : null,
        spec.path("hostNetwork").asBoolean(false),
        spec.path("enableServiceLinks").asBoolean(true),
        spec.path("hostname").asText(""),
        spec.path("subdomain").asText(""),
        spec.path("setHostnameAsFQDN").asBoolean(false),
        spec.path("serviceAccountName").asText("default"),
        containers(spec.path("initContainers")),
        containers(spec.path("containers")),
        containers(spec.path("ephemeralContainers")),
        spec.path("volumes"),
        gates(spec.path("readinessGates")),
        PodDns.of(spec),
        aliases(spec.path("hostAliases")),
        status(document.status()));
  }

  /** Namespace and name. */
  public ObjectKey key() {
    return new ObjectKey(meta.namespace(), meta.name());
  }

  /** Labels, as selectors see them. */
  public Map<String, String> labels() {
    return meta.labels();
  }

  private static List<Container> containers(JsonNode array) {
    List<Container> result = new ArrayList<>(array.size());
    array.forEach(each -> result.add(Container.of(each)));
    return List.copyOf(result);
  }

  private static List<String> gates(JsonNode array) {
    List<String> result = new ArrayList<>(array.size());
    array.forEach(each -> result.add(each.path("conditionType").asText("")));
    return List.copyOf(result);
  }

  private static List<HostAlias> aliases(JsonNode array) {
    List<HostAlias> result = new ArrayList<>(array.size());
    array.forEach(each ->
        result.add(
            new HostAlias(each.path("ip").asText(""), Nodes.strings(each.path("hostnames")))));
    return List.copyOf(result);
  }

  private static Status status(JsonNode status) {
    List<String> ips = new ArrayList<>();
    status.path("podIPs").forEach(each -> ips.add(each.path("ip").asText("")));
    String ip = status.path("podIP").asText("");
    if (ips.isEmpty() && !ip.isEmpty()) {
      ips.add(ip);
    }
    JsonNode start = status.path("startTime");
    return new Status(
        status.path("phase").asText("Pending"),
        ip,
        List.copyOf(ips),
        status.path("hostIP").asText(""),
        conditionTrue(status, "Ready"),
        start.isTextual() ? Instant.parse(start.asText()) : null);
  }

  private static boolean conditionTrue(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private static long graceSeconds(JsonNode given) {
    long seconds = given.asLong(GRACE_SECONDS_DEFAULT);
    return seconds < 0 ? 1 : seconds;
  }
}
