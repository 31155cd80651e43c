package dev.fairlead.apiserver.front;

import dev.fairlead.api.Document;
import dev.fairlead.api.protobuf.Envelope;
import dev.fairlead.api.protobuf.Protobuf;

/** The body of an answer, before it is known in which encoding it will travel. */
interface Encodable {

  /** As JSON. */
  byte[] json();

  /** Whether it has a binary form: a table has none. */
  boolean hasProtobuf();

  /** As {@code application/vnd.kubernetes.protobuf}. */
  byte[] protobuf();

  /** One object. */
  static Encodable of(Document object) {
    return new Encodable() {
      @Override
      public byte[] json() {
        return object.json();
      }

      @Override
      public boolean hasProtobuf() {
        return Protobuf.has(object.apiVersion(), object.kind());
      }

      @Override
      public byte[] protobuf() {
        return envelope(object).bytes();
      }
    };
  }

  /** The envelope of one object; the oldest discovery document leaves out its apiVersion. */
  static Envelope envelope(Document object) {
    String apiVersion = object.apiVersion().isEmpty() ? "v1" : object.apiVersion();
    return Envelope.of(apiVersion, object.kind(), object.protobuf());
  }
}
