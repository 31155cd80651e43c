package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import dev.fairlead.apiserver.registry.strategy.pod.EphemeralContainerRules;
import dev.fairlead.apiserver.registry.strategy.pod.ResizeRules;
import java.util.List;

/** A part of a pod's spec that has a subresource of its own: everything else stays. */
abstract sealed class PodPart implements Shape {
  /** {@code ephemeralcontainers}: adds containers to a pod that runs. */
  static final Shape EPHEMERAL_CONTAINERS = new EphemeralContainers();

  /** {@code resize}: changes what containers may use while they run (KEP-1287). */
  static final Shape RESOURCES = new Resources();

  private final String subresource;

  private PodPart(String subresource) {
    this.subresource = subresource;
  }

  @Override
  public void normalize(Strategy strategy, ObjectNode next, Document stored) {
    JsonNode wanted = next.path("spec");
    next.removeAll();
    next.setAll(Trees.copy(stored));
    take(wanted, Trees.child(next, "spec"));
    strategy.defaults(next);
  }

  /** Puts what the writer may want into the spec as it was. */
  abstract void take(JsonNode wanted, ObjectNode spec);

  @Override
  public void prepare(Strategy strategy, ObjectNode next, Document stored) {
    strategy.dropDisabled(next, stored);
    Shape.countGeneration(strategy, next, stored);
  }

  @Override
  public String subresource() {
    return subresource;
  }

  @Override
  public boolean isTracked() {
    return true;
  }

  @Override
  public List<String> warnings(Strategy strategy, Document next, Document stored) {
    return List.of();
  }

  private static final class EphemeralContainers extends PodPart {
    EphemeralContainers() {
      super("ephemeralcontainers");
    }

    @Override
    void take(JsonNode wanted, ObjectNode spec) {
      spec.remove("ephemeralContainers");
      JsonNode containers = wanted.path("ephemeralContainers");
      if (!containers.isEmpty()) {
        spec.set("ephemeralContainers", containers);
      }
    }

    @Override
    public List<FieldError> validate(Strategy strategy, Document next, Document stored) {
      return EphemeralContainerRules.update(next, stored);
    }
  }

  private static final class Resources extends PodPart {
    private static final List<String> LISTS = List.of("containers", "initContainers");
    private static final List<String> FIELDS = List.of("resources", "resizePolicy");

    Resources() {
      super("resize");
    }

    @Override
    void take(JsonNode wanted, ObjectNode spec) {
      for (String list : LISTS) {
        JsonNode containers = spec.path(list);
        if (!sameNames(wanted.path(list), containers)) {
          // Whoever adds, removes or renames a container is told so by the rules.
          Trees.take(list, wanted, spec);
          continue;
        }
        for (int i = 0; i < containers.size(); i++) {
          takeFields(wanted.path(list).get(i), (ObjectNode) containers.get(i));
        }
      }
    }

    private static boolean sameNames(JsonNode some, JsonNode others) {
      boolean same = some.size() == others.size();
      for (int i = 0; same && i < some.size(); i++) {
        same = some.get(i).path("name").equals(others.get(i).path("name"));
      }
      return same;
    }

    private static void takeFields(JsonNode wanted, ObjectNode container) {
      FIELDS.forEach(field -> Trees.take(field, wanted, container));
    }

    @Override
    public List<FieldError> validate(Strategy strategy, Document next, Document stored) {
      return ResizeRules.validate(next, stored, MetaValidation.update(next, stored));
    }
  }
}
