package dev.fairlead.controllers.manager;

import dev.fairlead.client.Controller;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.daemonset.DaemonSetController;
import dev.fairlead.controllers.deployment.DeploymentController;
import dev.fairlead.controllers.disruption.DisruptionController;
import dev.fairlead.controllers.endpoints.EndpointsController;
import dev.fairlead.controllers.endpointslice.EndpointSliceController;
import dev.fairlead.controllers.garbage.GarbageCollector;
import dev.fairlead.controllers.loadbalancer.LoadBalancerController;
import dev.fairlead.controllers.mirroring.MirroringController;
import dev.fairlead.controllers.namespace.NamespaceController;
import dev.fairlead.controllers.node.NodeLifecycleController;
import dev.fairlead.controllers.node.PodCollector;
import dev.fairlead.controllers.node.PodRangeController;
import dev.fairlead.controllers.replicaset.ReplicaSetController;
import dev.fairlead.controllers.resourcequota.ResourceQuotaController;
import dev.fairlead.controllers.scheduler.Scheduler;
import dev.fairlead.controllers.serviceaccount.NamespaceFurniture;
import dev.fairlead.controllers.servicecidr.AddressRepairController;
import dev.fairlead.controllers.servicecidr.ServiceCidrController;
import dev.fairlead.controllers.statefulset.StatefulSetController;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The one list of the controllers, each of which can be switched off on its own. */
public final class Controllers implements AutoCloseable {
  private static final Map<String, Function<ControllerContext, Controller>> ALL = all();

  private final List<Controller> running = new ArrayList<>();

  private Controllers() {}

  private static Map<String, Function<ControllerContext, Controller>> all() {
    Map<String, Function<ControllerContext, Controller>> all = new LinkedHashMap<>();
    all.put("deployment", DeploymentController::start);
    all.put("replicaset", ReplicaSetController::start);
    all.put("replicationcontroller", ReplicaSetController::startForReplicationControllers);
    all.put("statefulset", StatefulSetController::start);
    all.put("daemonset", DaemonSetController::start);
    all.put("endpointslice", EndpointSliceController::start);
    all.put("endpoints", EndpointsController::start);
    all.put("endpointslicemirroring", MirroringController::start);
    all.put("loadbalancer", LoadBalancerController::start);
    all.put("nodeipam", PodRangeController::start);
    all.put("nodelifecycle", NodeLifecycleController::start);
    all.put("podgc", PodCollector::start);
    all.put("namespace", NamespaceController::start);
    all.put("garbagecollector", GarbageCollector::start);
    all.put("serviceaccount", NamespaceFurniture::start);
    all.put("disruption", DisruptionController::start);
    all.put("resourcequota", ResourceQuotaController::start);
    all.put("servicecidrs", ServiceCidrController::start);
    all.put("ipaddresses", AddressRepairController::start);
    all.put("scheduler", Scheduler::start);
    return all;
  }

  /** Their names, in the order in which they start. */
  public static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * Starts some of the controllers; returns at once.
   *
   * @param enabled of {@link #names()}
   * @throws IllegalArgumentException when a name is unknown
   */
  public static Controllers start(ControllerContext context, Set<String> enabled) {
    for (String name : enabled) {
      if (!ALL.containsKey(name)) {
        throw new IllegalArgumentException(
            "no controller named \"%s\"; there are %s".formatted(name, names()));
      }
    }
    Controllers controllers = new Controllers();
    ALL.forEach((name, start) -> {
      if (enabled.contains(name)) {
        controllers.running.add(start.apply(context));
      }
    });
    return controllers;
  }

  /** Stops them all and waits for the work at hand. */
  @Override
  public void close() {
    running.reversed().forEach(Controller::close);
  }
}
