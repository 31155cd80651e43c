package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import java.util.List;
import java.util.Map;

/** What clients hear in {@code Warning} headers about objects of some kinds that they write. */
public final class KindWarnings {
  private static final Map<ResourceType, Strategy> STRATEGIES = Strategies.all();

  private KindWarnings() {}

  /** The warnings of a write, for {@link dev.fairlead.api.Warnings#add}. */
  public static List<String> of(Target target, Document stored) {
    Strategy strategy = STRATEGIES.get(target.type());
    return strategy == null || !target.subresource().isEmpty()
        ? List.of()
        : strategy.warnings(stored);
  }
}
