package dev.fairlead.apiserver.tables;

import static dev.fairlead.apiserver.tables.Cells.NONE;
import static dev.fairlead.apiserver.tables.Cells.at;
import static dev.fairlead.apiserver.tables.Cells.numberAt;
import static dev.fairlead.apiserver.tables.Cells.sizeAt;
import static dev.fairlead.apiserver.tables.Column.age;
import static dev.fairlead.apiserver.tables.Column.flag;
import static dev.fairlead.apiserver.tables.Column.number;
import static dev.fairlead.apiserver.tables.Column.objectName;
import static dev.fairlead.apiserver.tables.Column.text;
import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.versions.EventVersions;
import java.util.List;
import java.util.Map;

/** The columns of every kind, in upstream's order and with upstream's names. */
final class Columns {
  private static final List<Column> OTHERWISE = List.of(objectName(), age());

  private static final Map<ResourceType, List<Column>> BY_TYPE =
      Map.ofEntries(
          entry(Kinds.POD, pod()),
          entry(Kinds.SERVICE, service()),
          entry(Kinds.NODE, node()),
          entry(Kinds.NODE_METRICS, MetricsCells.node()),
          entry(Kinds.POD_METRICS, MetricsCells.pod()),
          entry(Kinds.DEPLOYMENT, deployment()),
          entry(Kinds.REPLICA_SET, replicas(selector())),
          entry(Kinds.REPLICATION_CONTROLLER, replicas(plainSelector())),
          entry(Kinds.POD_TEMPLATE, podTemplate()),
          entry(Kinds.STATEFUL_SET, statefulSet()),
          entry(Kinds.DAEMON_SET, daemonSet()),
          entry(Kinds.CONTROLLER_REVISION, controllerRevision()),
          entry(
              Kinds.ENDPOINTS,
              List.of(
                  objectName(), text("Endpoints", (each, now) -> Cells.endpoints(each)), age())),
          entry(
              Kinds.ENDPOINT_SLICE,
              List.of(
                  objectName(),
                  text("AddressType", at("/addressType", "")),
                  text("Ports", (each, now) -> Cells.slicePorts(each)),
                  text("Endpoints", (each, now) -> Cells.sliceEndpoints(each)),
                  age())),
          entry(Kinds.EVENT, event()),
          entry(Kinds.EVENTS_EVENT, event()),
          entry(
              Kinds.NAMESPACE,
              List.of(objectName(), text("Status", at("/status/phase", "")), age())),
          entry(
              Kinds.CONFIG_MAP,
              List.of(objectName(), number("Data", sizeAt("/data", "/binaryData")), age())),
          entry(
              Kinds.SECRET,
              List.of(
                  objectName(),
                  text("Type", at("/type", "")),
                  number("Data", sizeAt("/data")),
                  age())),
          entry(
              Kinds.SERVICE_ACCOUNT,
              List.of(objectName(), number("Secrets", sizeAt("/secrets")), age())),
          entry(
              Kinds.LIMIT_RANGE,
              List.of(objectName(), text("Created At", at("/metadata/creationTimestamp", "")))),
          entry(
              Kinds.RESOURCE_QUOTA,
              List.of(
                  objectName(),
                  text("Request", (each, now) -> QuotaCells.text(each, false)),
                  text("Limit", (each, now) -> QuotaCells.text(each, true)),
                  age())),
          entry(
              Kinds.POD_DISRUPTION_BUDGET,
              List.of(
                  objectName(),
                  text("Min Available", at("/spec/minAvailable", "N/A")),
                  text("Max Unavailable", at("/spec/maxUnavailable", "N/A")),
                  number("Allowed Disruptions", numberAt("/status/disruptionsAllowed")),
                  age())),
          entry(
              Kinds.PRIORITY_CLASS,
              List.of(
                  objectName(),
                  number("Value", numberAt("/value")),
                  flag("Global-Default", "/globalDefault"),
                  age(),
                  text("PreemptionPolicy", at("/preemptionPolicy", "")))),
          entry(
              Kinds.LEASE,
              List.of(objectName(), text("Holder", at("/spec/holderIdentity", "")), age())),
          entry(
              Kinds.INGRESS,
              List.of(
                  objectName(),
                  text("Class", at("/spec/ingressClassName", NONE)),
                  text("Hosts", (each, now) -> NetworkingCells.hosts(each)),
                  text("Address", (each, now) -> NetworkingCells.address(each)),
                  text("Ports", (each, now) -> NetworkingCells.ports(each)),
                  age())),
          entry(
              Kinds.INGRESS_CLASS,
              List.of(
                  objectName(),
                  text("Controller", at("/spec/controller", "")),
                  text("Parameters", (each, now) -> NetworkingCells.parameters(each)),
                  age())),
          entry(
              Kinds.NETWORK_POLICY,
              List.of(
                  objectName(),
                  text(
                      "Pod-Selector",
                      (each, now) -> Cells.selector(each.spec().path("podSelector"))),
                  age())),
          entry(
              Kinds.SERVICE_CIDR,
              List.of(
                  objectName(),
                  text("CIDRs", (each, now) -> Cells.join(each.spec().path("cidrs"), "")),
                  age())),
          entry(
              Kinds.IP_ADDRESS,
              List.of(
                  objectName(), text("ParentRef", (each, now) -> NetworkingCells.parent(each)))));

  private Columns() {}

  static List<Column> of(ResourceType type) {
    return BY_TYPE.getOrDefault(type, OTHERWISE);
  }

  /**
   * What the cells of an object are read from: the columns of events know one of their versions.
   */
  static Document subject(ResourceType type, Document object) {
    return type.equals(Kinds.EVENTS_EVENT) ? EventVersions.toCore(object) : object;
  }

  /** Of {@code autoscaling/v1 Scale}, which other kinds have as a subresource. */
  static List<Column> scale() {
    return List.of(
        objectName(),
        number("Desired", numberAt("/spec/replicas")),
        number("Available", numberAt("/status/replicas")),
        age());
  }

  private static List<Column> pod() {
    return List.of(
        objectName(),
        text("Ready", (pod, now) -> PodCells.of(pod).readyText()),
        text("Status", (pod, now) -> PodCells.of(pod).status()),
        text("Restarts", (pod, now) -> PodCells.of(pod).restartsText(now)),
        age(),
        text("IP", at("/status/podIP", NONE)).wide(),
        text("Node", at("/spec/nodeName", NONE)).wide(),
        text("Nominated Node", at("/status/nominatedNodeName", NONE)).wide(),
        text("Readiness Gates", (pod, now) -> readinessGates(pod)).wide());
  }

  private static List<Column> service() {
    return List.of(
        objectName(),
        text("Type", at("/spec/type", "")),
        text("Cluster-IP", (each, now) -> Cells.clusterIp(each)),
        text("External-IP", (each, now) -> Cells.externalIp(each)),
        text("Port(s)", (each, now) -> Cells.servicePorts(each)),
        age(),
        plainSelector());
  }

  private static List<Column> node() {
    return List.of(
        objectName(),
        text("Status", (each, now) -> Cells.nodeStatus(each)),
        text("Roles", (each, now) -> Cells.nodeRoles(each)),
        age(),
        text("Version", at("/status/nodeInfo/kubeletVersion", "")),
        text("Internal-IP", Cells.nodeAddress("InternalIP")).wide(),
        text("External-IP", Cells.nodeAddress("ExternalIP")).wide(),
        text("OS-Image", at("/status/nodeInfo/osImage", "<unknown>")).wide(),
        text("Kernel-Version", at("/status/nodeInfo/kernelVersion", "<unknown>")).wide(),
        text("Container-Runtime", at("/status/nodeInfo/containerRuntimeVersion", "<unknown>"))
            .wide());
  }

  private static List<Column> deployment() {
    return List.of(
        objectName(),
        readyOfWanted(),
        number("Up-to-date", numberAt("/status/updatedReplicas")),
        number("Available", numberAt("/status/availableReplicas")),
        age(),
        containers("Containers", "name"),
        containers("Images", "image"),
        selector());
  }

  private static List<Column> replicas(Column selector) {
    return List.of(
        objectName(),
        number("Desired", numberAt("/spec/replicas")),
        number("Current", numberAt("/status/replicas")),
        number("Ready", numberAt("/status/readyReplicas")),
        age(),
        containers("Containers", "name"),
        containers("Images", "image"),
        selector);
  }

  private static List<Column> podTemplate() {
    String containers = "/template/spec/containers";
    return List.of(
        objectName(),
        text("Containers", (each, now) -> Cells.join(each.tree().at(containers), "name")),
        text("Images", (each, now) -> Cells.join(each.tree().at(containers), "image")),
        text(
            "Pod Labels",
            (each, now) -> Cells.labels(each.tree().at("/template/metadata/labels"))));
  }

  private static List<Column> statefulSet() {
    return List.of(
        objectName(),
        readyOfWanted(),
        age(),
        containers("Containers", "name"),
        containers("Images", "image"));
  }

  private static List<Column> daemonSet() {
    return List.of(
        objectName(),
        number("Desired", numberAt("/status/desiredNumberScheduled")),
        number("Current", numberAt("/status/currentNumberScheduled")),
        number("Ready", numberAt("/status/numberReady")),
        number("Up-to-date", numberAt("/status/updatedNumberScheduled")),
        number("Available", numberAt("/status/numberAvailable")),
        text(
            "Node Selector",
            (each, now) -> Cells.labels(each.spec().at("/template/spec/nodeSelector"))),
        age(),
        containers("Containers", "name"),
        containers("Images", "image"),
        selector());
  }

  private static List<Column> controllerRevision() {
    return List.of(
        objectName(),
        text("Controller", (each, now) -> Cells.controller(each)),
        number("Revision", numberAt("/revision")),
        age());
  }

  private static List<Column> event() {
    return List.of(
        text("Last Seen", Cells::lastSeen),
        text("Type", at("/type", "")),
        text("Reason", at("/reason", "")),
        text("Object", (each, now) -> Cells.eventObject(each)),
        text("Subobject", at("/involvedObject/fieldPath", "")).wide(),
        text("Source", (each, now) -> Cells.eventSource(each)).wide(),
        text("Message", (each, now) -> each.tree().path("message").asText("").strip()),
        text("First Seen", Cells::firstSeen).wide(),
        number("Count", (each, now) -> Cells.eventCount(each)).wide(),
        objectName().wide());
  }

  private static Column readyOfWanted() {
    return text(
        "Ready",
        (each, now) ->
            "%d/%d"
                .formatted(
                    each.status().path("readyReplicas").asInt(),
                    each.spec().path("replicas").asInt()));
  }

  private static Column containers(String title, String field) {
    return text(
            title, (each, now) -> Cells.join(each.spec().at("/template/spec/containers"), field))
        .wide();
  }

  private static Column selector() {
    return text("Selector", (each, now) -> Cells.selector(each.spec().path("selector"))).wide();
  }

  /** Of the kinds whose selector is a map of labels. */
  private static Column plainSelector() {
    return text("Selector", (each, now) -> Cells.labels(each.spec().path("selector"))).wide();
  }

  private static String readinessGates(Document pod) {
    JsonNode gates = pod.spec().path("readinessGates");
    int met = 0;
    for (JsonNode gate : gates) {
      for (JsonNode condition : pod.status().path("conditions")) {
        boolean same = condition.path("type").equals(gate.path("conditionType"));
        met += same && condition.path("status").asText().equals("True") ? 1 : 0;
      }
    }
    return gates.isEmpty() ? NONE : met + "/" + gates.size();
  }
}
