package dev.fairlead.apiserver.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import org.jspecify.annotations.Nullable;

/** An object on its way to the store. */
public final class OwnWrite {
  private final ObjectNode object;
  private final byte[] value;
  private @Nullable Document document;

  OwnWrite(ObjectNode object) {
    this.object = object;
    this.value = Json.bytes(object);
  }

  /** What to give to the store. */
  public byte[] value() {
    return value;
  }

  /** The object as written at this revision: the same document for everybody. */
  public synchronized Document document(long revision) {
    Document known = document;
    if (known == null) {
      known = Versions.at(object, value, revision);
      document = known;
    }
    return known;
  }
}
