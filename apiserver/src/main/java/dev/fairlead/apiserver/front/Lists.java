package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.protobuf.Protobuf;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.tables.Partial;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A list put together from items that are encoded one by one, if they are not yet.
 *
 * @param metadata {@code ListMeta}
 * @param shape what becomes of each item
 */
record Lists(
    String kind,
    String apiVersion,
    ObjectNode metadata,
    List<Document> items,
    UnaryOperator<Document> shape)
    implements Encodable {
  private static final byte[] ITEMS = ",\"items\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);

  /** {@code PodList} and its like. */
  static Lists plain(ResourceType type, Listing listing) {
    return new Lists(
        type.kind() + "List",
        type.apiVersion(),
        metadata(listing),
        listing.items(),
        UnaryOperator.identity());
  }

  /** {@code PartialObjectMetadataList}. */
  static Lists partial(Listing listing, String version) {
    return new Lists(
        "PartialObjectMetadataList",
        "meta.k8s.io/" + version,
        metadata(listing),
        listing.items(),
        item -> Partial.of(item, version));
  }

  /** {@code ListMeta}. */
  static ObjectNode metadata(Listing listing) {
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", listing.resourceVersion());
    if (!listing.continueToken().isEmpty()) {
      metadata.put("continue", listing.continueToken());
    }
    if (listing.remainingItemCount() != null) {
      metadata.put("remainingItemCount", listing.remainingItemCount());
    }
    return metadata;
  }

  @Override
  public void json(OutputStream out) throws IOException {
    ObjectNode head = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    head.set("metadata", metadata);
    byte[] open = Json.bytes(head);
    out.write(open, 0, open.length - 1);
    out.write(ITEMS);
    boolean first = true;
    for (Document item : items) {
      if (!first) {
        out.write(',');
      }
      first = false;
      out.write(shape.apply(item).json());
    }
    out.write(END);
  }

  @Override
  public boolean hasProtobuf() {
    return Protobuf.has(apiVersion, kind);
  }

  /** The length of all comes first, so all items must be encoded before any is sent. */
  @Override
  public void protobuf(OutputStream out) throws IOException {
    List<byte[]> messages = items.stream().map(shape).map(Document::protobuf).toList();
    Protobuf.list(Schema.load().find(apiVersion, kind).orElseThrow(), metadata, messages)
        .writeEnvelope(out, apiVersion, kind);
  }
}
