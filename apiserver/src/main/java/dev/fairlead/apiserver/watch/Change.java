package dev.fairlead.apiserver.watch;

import dev.fairlead.api.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change read from the store.
 *
 * @param document null for a deletion
 */
record Change(String storageKey, long revision, Instant at, @Nullable Document document) {}
