package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.protobuf.Envelope;
import dev.fairlead.api.protobuf.Protobuf;
import dev.fairlead.api.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A list put together from items that are encoded already.
 *
 * @param metadata {@code ListMeta}
 */
record Lists(String kind, String apiVersion, ObjectNode metadata, List<Document> items)
    implements Encodable {

  /** {@code PodList} and its like. */
  static Lists plain(ResourceType type, Listing listing) {
    return new Lists(type.kind() + "List", type.apiVersion(), metadata(listing), listing.items());
  }

  /** {@code PartialObjectMetadataList}. */
  static Lists partial(Listing listing, List<Document> items, String version) {
    return new Lists(
        "PartialObjectMetadataList", "meta.k8s.io/" + version, metadata(listing), items);
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
  public byte[] json() {
    int itemBytes = items.stream().mapToInt(item -> item.json().length + 1).sum();
    ByteArrayOutputStream json = new ByteArrayOutputStream(512 + itemBytes);
    ObjectNode head = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    head.set("metadata", metadata);
    byte[] open = Json.bytes(head);
    json.write(open, 0, open.length - 1);
    json.writeBytes(",\"items\":[".getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    for (Document item : items) {
      if (!first) {
        json.write(',');
      }
      first = false;
      json.writeBytes(item.json());
    }
    json.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return json.toByteArray();
  }

  @Override
  public boolean hasProtobuf() {
    return Protobuf.has(apiVersion, kind);
  }

  @Override
  public byte[] protobuf() {
    List<byte[]> messages = items.stream().map(Document::protobuf).toList();
    byte[] list =
        Protobuf.list(Schema.load().find(apiVersion, kind).orElseThrow(), metadata, messages);
    return Envelope.of(apiVersion, kind, list).bytes();
  }
}
