package dev.fairlead.apiserver.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.JsonSpan;
import dev.fairlead.store.Store.KeyValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code metadata.resourceVersion}: the decimal store revision of an object's last write. It is set
 * on reading and never stored.
 */
public final class Versions {
  private static final String RESOURCE_VERSION = "resourceVersion";

  private Versions() {}

  /** The object that the store keeps under a key. */
  public static Document document(KeyValue stored) {
    return document(stored.value(), stored.modRevision());
  }

  /** The object of these stored bytes, written at {@code revision}. */
  public static Document document(byte[] value, long revision) {
    ObjectNode tree = Json.tree(value);
    put(tree, revision);
    return document(tree, value, revision);
  }

  /** The same object with another resource version. */
  public static Document at(Document object, long revision) {
    return Document.of(tree(object.tree(), revision));
  }

  /**
   * The object that a tree says, which nobody changes any more, with a resource version.
   *
   * @param value the same object as it was encoded for the store
   */
  static Document at(ObjectNode object, byte[] value, long revision) {
    return document(tree(object, revision), value, revision);
  }

  private static ObjectNode tree(ObjectNode object, long revision) {
    // The metadata is a copy of one level: all else is shared.
    ObjectNode tree = Json.object();
    tree.setAll(object);
    if (object.get("metadata") instanceof ObjectNode metadata) {
      tree.putObject("metadata").setAll(metadata);
    }
    put(tree, revision);
    return tree;
  }

  /** Nothing is encoded again: the resource version is put into the bytes that the store has. */
  private static Document document(ObjectNode tree, byte[] value, long revision) {
    byte[] json = json(value, revision);
    return json == null ? Document.of(tree) : Document.of(tree, json);
  }

  /** The same bytes with the resource version where {@link #put} has it; null without metadata. */
  static byte @Nullable [] json(byte[] value, long revision) {
    JsonSpan metadata = JsonSpan.find(value, "metadata");
    if (metadata == null || value[metadata.start()] != '{') {
      return null;
    }
    JsonSpan known = metadata.member(value, RESOURCE_VERSION);
    if (known != null) {
      return known.replaced(value, ascii("\"" + revision + "\""));
    }
    String comma = metadata.isEmpty(value) ? "" : ",";
    JsonSpan last = new JsonSpan(metadata.end() - 1, metadata.end() - 1);
    return last.replaced(value, ascii(comma + "\"" + RESOURCE_VERSION + "\":\"" + revision + "\""));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Sets the resource version of a tree that is still ours. */
  public static void put(ObjectNode tree, long revision) {
    ObjectNode metadata =
        tree.get("metadata") instanceof ObjectNode known ? known : tree.putObject("metadata");
    metadata.put(RESOURCE_VERSION, Long.toString(revision));
  }

  /** The revision of an object that was read. */
  public static long of(Document object) {
    return Long.parseLong(object.meta().resourceVersion());
  }
}
