package dev.fairlead.controllers.daemonset;

import dev.fairlead.api.Document;
import java.util.List;

/**
 * What to do next.
 *
 * @param create names of nodes that get a pod
 * @param delete pods that go
 * @param ended of those that go, the ones that had ended by themselves
 */
record Steps(List<String> create, List<Document> delete, List<Document> ended) {
  Steps {
    create = List.copyOf(create);
    delete = List.copyOf(delete);
    ended = List.copyOf(ended);
  }
}
