package dev.fairlead.apiserver.admission;

import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What admission rules read: the newest state, never an old copy. */
public interface ClusterState {

  /** One object; null when absent. */
  @Nullable Document get(ResourceType type, String namespace, String name);

  /** One object, waited for; null when it does not come in time. */
  @Nullable Document await(ResourceType type, String namespace, String name, Duration patience);

  /** All objects of a namespace, in order of their names; of the cluster when it is empty. */
  List<Document> list(ResourceType type, String namespace);
}
