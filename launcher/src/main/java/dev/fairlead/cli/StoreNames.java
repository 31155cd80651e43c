package dev.fairlead.cli;

import dev.fairlead.cluster.ClusterSettings.StoreKind;
import dev.fairlead.host.Failure;
import java.util.Locale;

/** How {@code --store} is written. */
final class StoreNames {
  private StoreNames() {}

  static StoreKind parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "sqlite" -> StoreKind.SQLITE;
      case "memory" -> StoreKind.MEMORY;
      default ->
          throw new Failure(
              2,
              text.startsWith("etcd://")
                  ? "--store etcd://… is not supported yet; use sqlite or memory"
                  : "--store must be sqlite or memory, not \"%s\"".formatted(text));
    };
  }

  static String text(StoreKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
