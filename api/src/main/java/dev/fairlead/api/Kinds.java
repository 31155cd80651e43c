package dev.fairlead.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one list of the kinds that Fairlead serves. Discovery, the registry, OpenAPI and the garbage
 * collector all read it; adding a kind is one entry here plus its strategy in the registry.
 */
public final class Kinds {
  public static final ResourceType NAMESPACE =
      cluster("", "v1", "Namespace", "namespaces", "namespace")
          .shortNames("ns")
          .subresources("status", "finalize")
          .build();
  public static final ResourceType NODE =
      cluster("", "v1", "Node", "nodes", "node")
          .shortNames("no")
          .subresources("status", "proxy")
          .storedAs("minions")
          .build();
  public static final ResourceType POD =
      namespaced("", "v1", "Pod", "pods", "pod")
          .shortNames("po")
          .categories("all")
          .subresources(
              "status",
              "binding",
              "eviction",
              "log",
              "portforward",
              "exec",
              "attach",
              "proxy",
              "ephemeralcontainers",
              "resize")
          .build();
  public static final ResourceType SERVICE =
      namespaced("", "v1", "Service", "services", "service")
          .shortNames("svc")
          .categories("all")
          .subresources("status", "proxy")
          .storedAs("services/specs")
          .build();
  public static final ResourceType ENDPOINTS =
      namespaced("", "v1", "Endpoints", "endpoints", "endpoints")
          .shortNames("ep")
          .storedAs("services/endpoints")
          .deprecated("1.33", "discovery.k8s.io/v1 EndpointSlice")
          .build();
  public static final ResourceType EVENT =
      namespaced("", "v1", "Event", "events", "event").shortNames("ev").build();
  public static final ResourceType CONFIG_MAP =
      namespaced("", "v1", "ConfigMap", "configmaps", "configmap").shortNames("cm").build();
  public static final ResourceType SECRET =
      namespaced("", "v1", "Secret", "secrets", "secret").build();
  public static final ResourceType SERVICE_ACCOUNT =
      namespaced("", "v1", "ServiceAccount", "serviceaccounts", "serviceaccount")
          .shortNames("sa")
          .subresources("token")
          .build();
  public static final ResourceType REPLICATION_CONTROLLER =
      namespaced(
              "", "v1", "ReplicationController", "replicationcontrollers", "replicationcontroller")
          .shortNames("rc")
          .categories("all")
          .subresources("status", "scale")
          .storedAs("controllers")
          .build();
  public static final ResourceType POD_TEMPLATE =
      namespaced("", "v1", "PodTemplate", "podtemplates", "podtemplate").build();
  public static final ResourceType LIMIT_RANGE =
      namespaced("", "v1", "LimitRange", "limitranges", "limitrange").shortNames("limits").build();
  public static final ResourceType RESOURCE_QUOTA =
      namespaced("", "v1", "ResourceQuota", "resourcequotas", "resourcequota")
          .shortNames("quota")
          .subresources("status")
          .build();
  public static final ResourceType DEPLOYMENT =
      namespaced("apps", "v1", "Deployment", "deployments", "deployment")
          .shortNames("deploy")
          .categories("all")
          .subresources("status", "scale")
          .build();
  public static final ResourceType REPLICA_SET =
      namespaced("apps", "v1", "ReplicaSet", "replicasets", "replicaset")
          .shortNames("rs")
          .categories("all")
          .subresources("status", "scale")
          .build();
  public static final ResourceType STATEFUL_SET =
      namespaced("apps", "v1", "StatefulSet", "statefulsets", "statefulset")
          .shortNames("sts")
          .categories("all")
          .subresources("status", "scale")
          .build();
  public static final ResourceType DAEMON_SET =
      namespaced("apps", "v1", "DaemonSet", "daemonsets", "daemonset")
          .shortNames("ds")
          .categories("all")
          .subresources("status")
          .build();
  public static final ResourceType CONTROLLER_REVISION =
      namespaced("apps", "v1", "ControllerRevision", "controllerrevisions", "controllerrevision")
          .build();
  public static final ResourceType ENDPOINT_SLICE =
      namespaced("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", "endpointslice")
          .build();
  public static final ResourceType LEASE =
      namespaced("coordination.k8s.io", "v1", "Lease", "leases", "lease").build();
  public static final ResourceType INGRESS =
      networking(true, "Ingress", "ingresses", "ingress")
          .shortNames("ing")
          .subresources("status")
          .storedAs("ingress")
          .build();
  public static final ResourceType INGRESS_CLASS =
      networking(false, "IngressClass", "ingressclasses", "ingressclass").build();
  public static final ResourceType NETWORK_POLICY =
      networking(true, "NetworkPolicy", "networkpolicies", "networkpolicy")
          .shortNames("netpol")
          .build();
  public static final ResourceType POD_DISRUPTION_BUDGET =
      namespaced(
              "policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "poddisruptionbudget")
          .shortNames("pdb")
          .subresources("status")
          .build();
  public static final ResourceType PRIORITY_CLASS =
      cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", "priorityclass")
          .shortNames("pc")
          .build();
  public static final ResourceType IP_ADDRESS =
      networking(false, "IPAddress", "ipaddresses", "ipaddress").shortNames("ip").build();
  public static final ResourceType SERVICE_CIDR =
      networking(false, "ServiceCIDR", "servicecidrs", "servicecidr")
          .subresources("status")
          .build();

  /** What a node uses; not stored. */
  public static final ResourceType NODE_METRICS =
      cluster("metrics.k8s.io", "v1beta1", "NodeMetrics", "nodes", "").build();

  /** What a pod uses; not stored. */
  public static final ResourceType POD_METRICS =
      namespaced("metrics.k8s.io", "v1beta1", "PodMetrics", "pods", "").build();

  /** The kinds that can be read and are never stored. */
  public static final List<ResourceType> MEASURED = List.of(NODE_METRICS, POD_METRICS);

  /** Every kind stored, core group first. */
  public static final List<ResourceType> ALL =
      List.of(
          NAMESPACE,
          NODE,
          POD,
          SERVICE,
          ENDPOINTS,
          EVENT,
          CONFIG_MAP,
          SECRET,
          SERVICE_ACCOUNT,
          REPLICATION_CONTROLLER,
          POD_TEMPLATE,
          LIMIT_RANGE,
          RESOURCE_QUOTA,
          DEPLOYMENT,
          REPLICA_SET,
          STATEFUL_SET,
          DAEMON_SET,
          CONTROLLER_REVISION,
          ENDPOINT_SLICE,
          LEASE,
          INGRESS,
          INGRESS_CLASS,
          NETWORK_POLICY,
          POD_DISRUPTION_BUDGET,
          PRIORITY_CLASS,
          IP_ADDRESS,
          SERVICE_CIDR);

  /** The second version of {@link #EVENT}: the same stored objects. */
  public static final ResourceType EVENTS_EVENT =
      namespaced("events.k8s.io", "v1", "Event", "events", "event").shortNames("ev").build();

  /** Kinds that are created to be answered, and never stored. */
  public static final List<ResourceType> REVIEWS =
      List.of(
          cluster(
                  "authentication.k8s.io",
                  "v1",
                  "SelfSubjectReview",
                  "selfsubjectreviews",
                  "selfsubjectreview")
              .build(),
          cluster("authentication.k8s.io", "v1", "TokenReview", "tokenreviews", "tokenreview")
              .build(),
          namespaced(
                  "authorization.k8s.io",
                  "v1",
                  "LocalSubjectAccessReview",
                  "localsubjectaccessreviews",
                  "localsubjectaccessreview")
              .build(),
          cluster(
                  "authorization.k8s.io",
                  "v1",
                  "SelfSubjectAccessReview",
                  "selfsubjectaccessreviews",
                  "selfsubjectaccessreview")
              .build(),
          cluster(
                  "authorization.k8s.io",
                  "v1",
                  "SelfSubjectRulesReview",
                  "selfsubjectrulesreviews",
                  "selfsubjectrulesreview")
              .build(),
          cluster(
                  "authorization.k8s.io",
                  "v1",
                  "SubjectAccessReview",
                  "subjectaccessreviews",
                  "subjectaccessreview")
              .build());

  /** Every kind whose type the schema knows: the stored ones, then the others. */
  public static final List<ResourceType> MODELLED =
      Stream.of(ALL, List.of(EVENTS_EVENT), REVIEWS).flatMap(List::stream).toList();

  /** Every kind that has a path. */
  public static final List<ResourceType> SERVED =
      Stream.of(MODELLED, MEASURED).flatMap(List::stream).toList();

  private Kinds() {}

  /** The type at {@code /apis/group/version/plural}. */
  public static Optional<ResourceType> byPlural(String group, String version, String plural) {
    return SERVED.stream()
        .filter(type ->
            type.group().equals(group)
                && type.version().equals(version)
                && type.plural().equals(plural))
        .findFirst();
  }

  /** The type of an object with this {@code apiVersion} and {@code kind}. */
  public static Optional<ResourceType> byKind(String apiVersion, String kind) {
    return SERVED.stream()
        .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }

  private static Builder networking(
      boolean namespaced, String kind, String plural, String singular) {
    return new Builder("networking.k8s.io", "v1", kind, plural, singular, namespaced);
  }

  private static Builder cluster(
      String group, String version, String kind, String plural, String singular) {
    return new Builder(group, version, kind, plural, singular, false);
  }

  private static Builder namespaced(
      String group, String version, String kind, String plural, String singular) {
    return new Builder(group, version, kind, plural, singular, true);
  }

  private static final class Builder {
    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final String singular;
    private final boolean namespaced;
    private List<String> shortNames = List.of();
    private List<String> categories = List.of();
    private Set<String> subresources = Set.of();
    private String storageResource;
    private String deprecation = "";

    private Builder(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        boolean namespaced) {
      this.group = group;
      this.version = version;
      this.kind = kind;
      this.plural = plural;
      this.singular = singular;
      this.namespaced = namespaced;
      this.storageResource = plural;
    }

    Builder shortNames(String... names) {
      shortNames = List.of(names);
      return this;
    }

    Builder categories(String... names) {
      categories = List.of(names);
      return this;
    }

    Builder subresources(String... names) {
      subresources = Set.of(names);
      return this;
    }

    Builder storedAs(String resource) {
      storageResource = resource;
      return this;
    }

    /**
     * Upstream's {@code APILifecycleDeprecated} and {@code APILifecycleReplacement}.
     *
     * @param since a version of Kubernetes
     * @param replacement apiVersion and kind
     */
    Builder deprecated(String since, String replacement) {
      String what = group.isEmpty() ? version : group + "/" + version;
      deprecation = "%s %s is deprecated in v%s+; use %s".formatted(what, kind, since, replacement);
      return this;
    }

    ResourceType build() {
      return new ResourceType(
          group,
          version,
          kind,
          plural,
          singular,
          namespaced,
          shortNames,
          categories,
          subresources,
          storageResource,
          deprecation);
    }
  }
}
