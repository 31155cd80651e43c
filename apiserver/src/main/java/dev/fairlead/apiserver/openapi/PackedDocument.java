package dev.fairlead.apiserver.openapi;

import dev.fairlead.apiserver.front.EntityTag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A document as it is kept: compressed, since that is small and what nearly every client takes.
 *
 * @param hash of the plain bytes, SHA-512 in hexadecimal
 */
record PackedDocument(byte[] gzip, String hash) {

  static PackedDocument of(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 8);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return new PackedDocument(packed.toByteArray(), EntityTag.of(plain));
  }

  byte[] plain() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  /** The entity tag, quoted. */
  String tag() {
    return '"' + hash + '"';
  }
}
