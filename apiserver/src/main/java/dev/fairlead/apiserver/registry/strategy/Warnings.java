package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What clients hear in {@code Warning} headers about objects that they write. */
public final class Warnings {
  private static final Map<ResourceType, Strategy> STRATEGIES = Strategies.all();

  private Warnings() {}

  /**
   * The warnings of a write.
   *
   * @param first those that there are already, for example of its decoding
   * @param stored what became of the object
   */
  public static List<String> of(Target target, List<String> first, Document stored) {
    Strategy strategy = STRATEGIES.get(target.type());
    if (strategy == null || !target.subresource().isEmpty()) {
      return first;
    }
    List<String> all = new ArrayList<>(first);
    all.addAll(strategy.warnings(stored));
    return all;
  }
}
