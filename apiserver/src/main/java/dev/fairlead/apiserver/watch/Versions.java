package dev.fairlead.apiserver.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.store.Store.KeyValue;

/**
 * {@code metadata.resourceVersion}: the decimal store revision of an object's last write. It is set
 * on reading and never stored.
 */
public final class Versions {
  private Versions() {}

  /** The object that the store keeps under a key. */
  public static Document document(KeyValue stored) {
    return document(stored.value(), stored.modRevision());
  }

  /** The object of these stored bytes, written at {@code revision}. */
  public static Document document(byte[] value, long revision) {
    ObjectNode tree = Json.tree(value);
    put(tree, revision);
    return Document.of(tree);
  }

  /** The same object with another resource version. */
  public static Document at(Document object, long revision) {
    return at(object.tree(), revision);
  }

  /** The object that a tree says, which nobody changes any more, with a resource version. */
  static Document at(ObjectNode object, long revision) {
    // The metadata is a copy of one level: all else is shared.
    ObjectNode tree = Json.object();
    tree.setAll(object);
    if (object.get("metadata") instanceof ObjectNode metadata) {
      tree.putObject("metadata").setAll(metadata);
    }
    put(tree, revision);
    return Document.of(tree);
  }

  /** Sets the resource version of a tree that is still ours. */
  public static void put(ObjectNode tree, long revision) {
    ObjectNode metadata =
        tree.get("metadata") instanceof ObjectNode known ? known : tree.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(revision));
  }

  /** The revision of an object that was read. */
  public static long of(Document object) {
    return Long.parseLong(object.meta().resourceVersion());
  }
}
