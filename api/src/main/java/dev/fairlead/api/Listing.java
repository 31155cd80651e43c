package dev.fairlead.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a LIST: the items at one revision.
 *
 * @param resourceVersion the revision that a WATCH continues from
 * @param continueToken empty on the last page
 * @param remainingItemCount null when unknown or when nothing remains
 */
public record Listing(
    List<Document> items,
    String resourceVersion,
    String continueToken,
    @Nullable Long remainingItemCount) {
  public Listing {
    items = List.copyOf(items);
  }
}
