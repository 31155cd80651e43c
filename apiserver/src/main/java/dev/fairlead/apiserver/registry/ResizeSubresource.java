package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import dev.fairlead.apiserver.registry.strategy.pod.ResizeRules;
import java.util.ArrayList;
import java.util.List;

/** {@code resize} of pods: changes what containers may use while they run (KEP-1287). */
record ResizeSubresource(TypeRegistry pods) implements Subresource {
  private static final Shape SHAPE = new Resized();

  @Override
  public Document get(Target target) {
    return pods.get(target);
  }

  @Override
  public Document update(Target target, Document body, WriteOptions options) {
    return pods.update(target, body, SHAPE, options);
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    return pods.patch(target, patch, SHAPE, options);
  }

  /** Everything but the containers' resources, and how they change, stays. */
  private static final class Resized implements Shape {
    private static final List<String> LISTS = List.of("containers", "initContainers");
    private static final List<String> FIELDS = List.of("resources", "resizePolicy");

    @Override
    public void normalize(Strategy strategy, ObjectNode next, Document stored) {
      JsonNode wanted = next.path("spec");
      next.removeAll();
      next.setAll(Trees.copy(stored));
      ObjectNode spec = Trees.child(next, "spec");
      for (String list : LISTS) {
        if (!sameNames(wanted.path(list), spec.path(list))) {
          // Whoever adds, removes or renames a container is told so by the rules.
          Trees.take(list, wanted, spec);
          continue;
        }
        for (int i = 0; i < spec.path(list).size(); i++) {
          take(wanted.path(list).get(i), (ObjectNode) spec.path(list).get(i));
        }
      }
      strategy.defaults(next);
    }

    private static boolean sameNames(JsonNode some, JsonNode others) {
      boolean same = some.size() == others.size();
      for (int i = 0; same && i < some.size(); i++) {
        same = some.get(i).path("name").equals(others.get(i).path("name"));
      }
      return same;
    }

    private static void take(JsonNode wanted, ObjectNode container) {
      FIELDS.forEach(field -> Trees.take(field, wanted, container));
    }

    @Override
    public void prepare(Strategy strategy, ObjectNode next, Document stored) {
      strategy.dropDisabled(next, stored);
      if (strategy.changesGeneration(next, stored)) {
        Trees.put(Trees.child(next, "metadata"), "generation", stored.meta().generation() + 1);
      }
    }

    @Override
    public String subresource() {
      return "resize";
    }

    @Override
    public boolean isTracked() {
      return true;
    }

    @Override
    public List<FieldError> validate(Strategy strategy, Document next, Document stored) {
      List<FieldError> errors = new ArrayList<>(MetaValidation.update(next, stored));
      return ResizeRules.validate(next, stored, errors);
    }

    @Override
    public List<String> warnings(Strategy strategy, Document next, Document stored) {
      return List.of();
    }
  }
}
