package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The strategy of every kind that has one. */
public final class Strategies {
  private Strategies() {}

  /** A strategy for each of {@link Kinds#ALL}. */
  public static Map<ResourceType, Strategy> all() {
    List<Strategy> special =
        List.of(
            new NamespaceStrategy(),
            new NodeStrategy(),
            new PodStrategy(),
            new ServiceStrategy(),
            new EndpointsStrategy(),
            new EndpointSliceStrategy(),
            new EventStrategy(),
            new ConfigMapStrategy(),
            new SecretStrategy(),
            new ServiceAccountStrategy(),
            new ReplicationControllerStrategy(),
            new PodTemplateStrategy(),
            new DeploymentStrategy(),
            new ReplicaSetStrategy(),
            new StatefulSetStrategy(),
            new DaemonSetStrategy(),
            new ControllerRevisionStrategy(),
            new LeaseStrategy(),
            new IngressStrategy(),
            new IngressClassStrategy(),
            new NetworkPolicyStrategy(),
            new LimitRangeStrategy(),
            new ResourceQuotaStrategy(),
            new PodDisruptionBudgetStrategy(),
            new PriorityClassStrategy(),
            new IpAddressStrategy(),
            new ServiceCidrStrategy());
    Map<ResourceType, Strategy> all = new HashMap<>();
    Kinds.ALL.forEach(type -> all.put(type, new PlainStrategy(type)));
    special.forEach(strategy -> all.put(strategy.type(), strategy));
    return Map.copyOf(all);
  }
}
