package dev.fairlead.apiserver.front;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of an answer of any length, before it is known in which encoding it will travel. It is
 * written part by part and never held as a whole.
 */
interface Encodable {

  /** Writes it as JSON. */
  void json(OutputStream out) throws IOException;

  /** Whether it has a binary form: a table has none. */
  boolean hasProtobuf();

  /** Writes it as {@code application/vnd.kubernetes.protobuf}. */
  void protobuf(OutputStream out) throws IOException;
}
