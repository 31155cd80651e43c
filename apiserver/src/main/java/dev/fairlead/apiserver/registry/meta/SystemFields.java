package dev.fairlead.apiserver.registry.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The metadata that belongs to the server: uid, times, generation. */
public final class SystemFields {
  private static final List<String> KEPT =
      List.of(
          "uid",
          "creationTimestamp",
          "generateName",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation");

  private final InstantSource clock;
  private final RandomGenerator random;

  /** Fields from this clock and randomness. */
  public SystemFields(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Now, in whole seconds: the precision of {@code meta/v1 Time}. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Fills in what a new object gets; what the client sent for these fields is dropped. */
  public void create(ObjectNode metadata, boolean generation) {
    metadata.remove(List.of("resourceVersion", "selfLink", "deletionTimestamp"));
    metadata.remove("deletionGracePeriodSeconds");
    metadata.put("uid", uuid().toString());
    metadata.put("creationTimestamp", now().toString());
    metadata.remove("generation");
    if (generation) {
      metadata.put("generation", 1);
    }
  }

  /** Copies what a client cannot change from the stored object. */
  public static void update(ObjectNode metadata, Document old) {
    metadata.remove(List.of("resourceVersion", "selfLink"));
    JsonNode before = old.tree().path("metadata");
    for (String field : KEPT) {
      JsonNode value = before.get(field);
      if (value == null) {
        metadata.remove(field);
      } else {
        metadata.set(field, value);
      }
    }
  }

  /** A random UUID of version 4. */
  private UUID uuid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
