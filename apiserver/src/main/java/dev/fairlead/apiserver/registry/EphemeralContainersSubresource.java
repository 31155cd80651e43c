package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import dev.fairlead.apiserver.registry.strategy.pod.EphemeralContainerRules;
import java.util.List;

/** {@code ephemeralcontainers} of pods: adds containers to a pod that runs. */
record EphemeralContainersSubresource(TypeRegistry pods) implements Subresource {
  private static final Shape SHAPE = new Added();

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

  /** Everything but the list of ephemeral containers stays. */
  private static final class Added implements Shape {
    private static final String FIELD = "ephemeralContainers";

    @Override
    public void normalize(Strategy strategy, ObjectNode next, Document stored) {
      JsonNode wanted = next.path("spec").path(FIELD);
      next.removeAll();
      next.setAll(Trees.copy(stored));
      ObjectNode spec = Trees.child(next, "spec");
      if (wanted.isEmpty()) {
        spec.remove(FIELD);
      } else {
        spec.set(FIELD, wanted);
      }
      strategy.defaults(next);
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
      return "ephemeralcontainers";
    }

    @Override
    public boolean isTracked() {
      return true;
    }

    @Override
    public List<FieldError> validate(Strategy strategy, Document next, Document stored) {
      return EphemeralContainerRules.update(next, stored);
    }

    @Override
    public List<String> warnings(Strategy strategy, Document next, Document stored) {
      return List.of();
    }
  }
}
