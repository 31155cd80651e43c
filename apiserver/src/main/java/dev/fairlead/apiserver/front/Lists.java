package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts lists together from items that are encoded already. */
final class Lists {
  private Lists() {}

  /** {@code PodList} and its like. */
  static Document plain(ResourceType type, Listing listing) {
    return list(type.kind() + "List", type.apiVersion(), metadata(listing), listing.items());
  }

  /** {@code PartialObjectMetadataList}. */
  static Document partial(Listing listing, List<Document> items, String version) {
    return list("PartialObjectMetadataList", "meta.k8s.io/" + version, metadata(listing), items);
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

  private static Document list(
      String kind, String apiVersion, ObjectNode metadata, List<Document> items) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(1024);
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
    return Document.ofJson(json.toByteArray());
  }
}
