package dev.fairlead.apiserver.watch;

import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.watch.Selection.Scope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The objects of one type at one revision. It costs nothing to take and never changes. */
public final class Snapshot {
  private final ResourceType type;
  private final long revision;
  private final DocumentTree documents;

  Snapshot(ResourceType type, long revision, DocumentTree documents) {
    this.type = type;
    this.revision = revision;
    this.documents = documents;
  }

  public long revision() {
    return revision;
  }

  /** The objects of a scope in key order, before any selector. */
  public List<Document> objects(Scope scope) {
    return first(scope.keys(type), Integer.MAX_VALUE);
  }

  /** The first objects of a range in key order, {@code max} at most. */
  public List<Document> first(KeyRange range, int max) {
    List<Document> found = new ArrayList<>();
    Iterator<Document> walk = documents.walk(range);
    while (found.size() < max && walk.hasNext()) {
      found.add(walk.next());
    }
    return found;
  }

  /** How many objects there are in a range. */
  public int count(KeyRange range) {
    return documents.count(range);
  }
}
