package dev.fairlead.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.JsonSpan;
import dev.fairlead.api.protobuf.Protobuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One Kubernetes API object: its JSON, kept whole, so that no field is ever lost.
 *
 * <p>A document is immutable. It holds encoded bytes, a tree, or both; the missing one is made on
 * first use and kept, so an object that only passes through is never parsed, and an object sent to
 * many watchers is encoded once. Safe for use by any number of threads.
 *
 * <p>The tree handed out by {@link #tree()} is shared: read it, never change it. To change an
 * object use {@link #with(Consumer)}, which edits a copy.
 */
public final class Document {
  private static final byte[] PARTIAL_START =
      "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
          .getBytes(StandardCharsets.US_ASCII);

  private volatile byte @Nullable [] json;
  private volatile @Nullable ObjectNode tree;
  private volatile @Nullable Meta meta;
  private volatile byte @Nullable [] protobuf;
  private volatile @Nullable Document metadataOnly;
  private final boolean created;

  private Document(byte @Nullable [] json, @Nullable ObjectNode tree) {
    this(json, tree, false);
  }

  private Document(byte @Nullable [] json, @Nullable ObjectNode tree, boolean created) {
    this.json = json;
    this.tree = tree;
    this.created = created;
  }

  /**
   * A document over encoded JSON. The bytes are trusted and not parsed yet; use {@link Json}'s
   * strict reader for bytes from outside.
   *
   * @param json UTF-8 JSON of one object; owned by the document from now on
   */
  public static Document ofJson(byte[] json) {
    return new Document(Objects.requireNonNull(json, "json is null"), null);
  }

  /**
   * A document over a tree.
   *
   * @param tree owned by the document from now on; the caller must not change it any more
   */
  public static Document of(ObjectNode tree) {
    return new Document(null, Objects.requireNonNull(tree, "tree is null"));
  }

  /**
   * A document whose tree and bytes are both there already.
   *
   * @param tree owned by the document from now on; the caller must not change it any more
   * @param json UTF-8 JSON that says the same; owned by the document from now on
   */
  public static Document of(ObjectNode tree, byte[] json) {
    return new Document(
        Objects.requireNonNull(json, "json is null"), Objects.requireNonNull(tree, "tree is null"));
  }

  /** The same object, marked as the answer to a write that created it. */
  public Document asCreated() {
    Document marked = new Document(json, tree, true);
    marked.meta = meta;
    return marked;
  }

  /**
   * Whether the write that this document answers created the object. PUT and server-side apply can
   * do either.
   */
  public boolean isCreated() {
    return created;
  }

  /** The object as a tree. Shared: never change it. */
  public ObjectNode tree() {
    ObjectNode known = tree;
    if (known == null) {
      known = Json.tree(Objects.requireNonNull(json));
      tree = known;
    }
    return known;
  }

  /** The object as UTF-8 JSON, encoded once. Shared: never change it. */
  public byte[] json() {
    byte[] known = json;
    if (known == null) {
      known = Json.bytes(tree());
      json = known;
    }
    return known;
  }

  /**
   * The object as a protobuf message, without its envelope, encoded once. Shared: never change it.
   *
   * @throws IllegalArgumentException when the schema does not know its kind
   */
  public byte[] protobuf() {
    byte[] known = protobuf;
    if (known == null) {
      known = Protobuf.message(tree());
      protobuf = known;
    }
    return known;
  }

  /**
   * The object reduced to its metadata (API: {@code meta.k8s.io/v1 PartialObjectMetadata}), made
   * once.
   */
  public Document metadataOnly() {
    Document known = metadataOnly;
    if (known == null) {
      ObjectNode partial = Json.object();
      partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
      partial.set("metadata", tree().path("metadata"));
      known = new Document(metadataJson(), partial);
      metadataOnly = known;
    }
    return known;
  }

  /** What is encoded already is not encoded once more. */
  private byte @Nullable [] metadataJson() {
    byte[] known = json;
    JsonSpan metadata = known == null ? null : JsonSpan.find(known, "metadata");
    if (known == null || metadata == null) {
      return null;
    }
    int length = metadata.end() - metadata.start();
    byte[] partial = Arrays.copyOf(PARTIAL_START, PARTIAL_START.length + length + 1);
    System.arraycopy(known, metadata.start(), partial, PARTIAL_START.length, length);
    partial[partial.length - 1] = '}';
    return partial;
  }

  /** A new document whose tree is a deep copy of this one's, edited by {@code edit}. */
  public Document with(Consumer<ObjectNode> edit) {
    ObjectNode copy = tree().deepCopy();
    edit.accept(copy);
    return of(copy);
  }

  /** {@code apiVersion}, for example {@code apps/v1}; empty when missing. */
  public String apiVersion() {
    return tree().path("apiVersion").asText("");
  }

  /** {@code kind}, for example {@code Deployment}; empty when missing. */
  public String kind() {
    return tree().path("kind").asText("");
  }

  /** {@code metadata}, read once. Fields that are missing are empty, never null. */
  public Meta meta() {
    Meta known = meta;
    if (known == null) {
      known = Meta.read(tree().path("metadata"));
      meta = known;
    }
    return known;
  }

  /** {@code metadata.name}; empty when missing. */
  public String name() {
    return meta().name();
  }

  /** {@code metadata.namespace}; empty when missing or cluster-scoped. */
  public String namespace() {
    return meta().namespace();
  }

  /** {@code spec}, or a missing node. */
  public JsonNode spec() {
    return tree().path("spec");
  }

  /** {@code status}, or a missing node. */
  public JsonNode status() {
    return tree().path("status");
  }

  /** Namespace and name, the key of this object within its type. */
  public ObjectKey key() {
    return new ObjectKey(namespace(), name());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Document that && (this == that || tree().equals(that.tree()));
  }

  @Override
  public int hashCode() {
    return tree().hashCode();
  }

  @Override
  public String toString() {
    return Json.text(tree());
  }
}
