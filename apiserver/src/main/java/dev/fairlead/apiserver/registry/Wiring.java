package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.admission.AccountAdmission;
import dev.fairlead.apiserver.admission.Admission;
import dev.fairlead.apiserver.admission.AdmissionChain;
import dev.fairlead.apiserver.admission.ClusterState;
import dev.fairlead.apiserver.admission.Evictions;
import dev.fairlead.apiserver.admission.LimitRangeAdmission;
import dev.fairlead.apiserver.admission.PriorityAdmission;
import dev.fairlead.apiserver.admission.QuotaAdmission;
import dev.fairlead.apiserver.allocation.FormerAllocations;
import dev.fairlead.apiserver.allocation.NodePortRange;
import dev.fairlead.apiserver.allocation.Reserver;
import dev.fairlead.apiserver.allocation.ServiceAllocator;
import dev.fairlead.apiserver.registry.managed.FieldManager;
import dev.fairlead.apiserver.registry.managed.ScaleManager;
import dev.fairlead.apiserver.registry.meta.NameGenerator;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import dev.fairlead.apiserver.registry.strategy.Strategies;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.Timers;
import dev.fairlead.apiserver.watch.WatchCache;
import dev.fairlead.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Builds the parts of a registry and holds them together. */
final class Wiring implements AutoCloseable {
  private final Timers timers;
  private final WatchCache cache;
  private final Map<ResourceType, TypeRegistry> types = new HashMap<>();
  private final SystemFields fields;
  private final Compaction compaction;
  private final Evictions evictions;
  private final EventExpiry expiry;

  Wiring(
      Store store,
      RegistrySettings settings,
      InstantSource clock,
      RandomGenerator random,
      Timers timers) {
    this.timers = timers;
    RandomGenerator shared = shared(random);
    this.fields = new SystemFields(clock, shared);
    ServiceAllocator services =
        new ServiceAllocator(
            settings.serviceCidr(),
            this::serviceCidrs,
            new NodePortRange(settings.nodePortFirst(), settings.nodePortLast()),
            fields,
            shared,
            this::catchUp);
    FormerAllocations.remove(store);
    this.cache =
        new WatchCache(
            store, Kinds.ALL, services.observers(), settings.watchCache(), clock, timers);
    this.compaction =
        new Compaction(store, settings.compactionPeriod(), timers, cache::forgetBefore);
    ObjectStore objects = new ObjectStore(store, cache);
    this.evictions = new Evictions(objects);
    this.expiry = new EventExpiry(objects, cache, clock, timers);
    NamespaceGate gate = new NamespaceGate(objects, cache);
    NameGenerator names = new NameGenerator(shared);
    Admission admission = admission(objects, clock, settings.serviceAccounts(), names::generate);
    Turns turns = new Turns();
    for (Strategy strategy : Strategies.all().values()) {
      Reserver reserver = strategy.type().equals(Kinds.SERVICE) ? services : Reserver.NONE;
      Completion completion =
          strategy.type().equals(Kinds.INGRESS) ? new DefaultIngressClass(cache) : Completion.NONE;
      FieldManager managers = new FieldManager(strategy, fields);
      Parts parts =
          new Parts(
              strategy,
              admission,
              reserver,
              completion,
              objects,
              cache,
              gate,
              fields,
              managers,
              names,
              turns);
      types.put(strategy.type(), new TypeRegistry(parts));
    }
  }

  /** The one list of what else decides on writes. */
  private static Admission admission(
      ClusterState cluster,
      InstantSource clock,
      boolean serviceAccounts,
      UnaryOperator<String> names) {
    List<Admission> rules = new ArrayList<>();
    rules.add(new PriorityAdmission(cluster));
    rules.add(new LimitRangeAdmission(cluster));
    if (serviceAccounts) {
      rules.add(new AccountAdmission(cluster, names));
    }
    rules.add(new QuotaAdmission(cluster, clock));
    return new AdmissionChain(rules);
  }

  private List<Document> serviceCidrs() {
    return cache.newest(Kinds.SERVICE_CIDR).objects(new Selection.Scope("", ""));
  }

  private void catchUp() {
    cache.awaitNewest();
  }

  WatchCache cache() {
    return cache;
  }

  Map<ResourceType, TypeRegistry> types() {
    return types;
  }

  /** The subresource that a request names; 404 when its type has none such. */
  Subresource subresource(Target target) {
    TypeRegistry objects = types.get(target.type());
    if (objects == null || !target.type().subresources().contains(target.subresource())) {
      throw ApiException.noSuchPath();
    }
    return switch (target.subresource()) {
      case "status" -> new PartSubresource(objects, Shape.STATUS);
      case "scale" ->
          new ScaleSubresource(objects, new ScaleManager(target.type().apiVersion(), fields));
      case "ephemeralcontainers" -> new PartSubresource(objects, PodPart.EPHEMERAL_CONTAINERS);
      case "resize" -> new PartSubresource(objects, PodPart.RESOURCES);
      case "binding" -> new BindingSubresource(objects, fields);
      case "eviction" -> new EvictionSubresource(objects, evictions, fields);
      case "finalize" -> new FinalizeSubresource(objects);
      default -> throw ApiException.methodNotAllowed();
    };
  }

  @Override
  public void close() {
    compaction.close();
    expiry.close();
    cache.close();
    timers.close();
  }

  /** Generators are not safe for many threads by themselves. */
  private static RandomGenerator shared(RandomGenerator random) {
    Object lock = new Object();
    return () -> {
      synchronized (lock) {
        return random.nextLong();
      }
    };
  }
}
