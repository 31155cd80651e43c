package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.front.MediaType;

/** How a document is sent. */
enum DocumentFormat {
  JSON("application/json"),
  PROTOBUF_V2("application/com.github.proto-openapi.spec.v2.v1.0+protobuf"),
  PROTOBUF_V3("application/com.github.proto-openapi.spec.v3.v1.0+protobuf");

  private final String mediaType;

  DocumentFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The type of an answer. */
  String mediaType() {
    return mediaType;
  }

  byte[] encode(ObjectNode document) {
    return switch (this) {
      case JSON -> Json.bytes(document);
      case PROTOBUF_V2 -> EncoderV2.encode(document);
      case PROTOBUF_V3 -> EncoderV3.encode(document);
    };
  }

  /** Whether it is an answer to this part of an Accept header. */
  boolean answers(MediaType accepted) {
    return this == JSON
        ? accepted.isJson()
        : accepted.name().equals(mediaType) || accepted.name().equals(oldMediaType());
  }

  /** What Go clients ask for. As the type of an answer it would not be well-formed. */
  private String oldMediaType() {
    return mediaType.replace(".v1.0", "@v1.0");
  }
}
