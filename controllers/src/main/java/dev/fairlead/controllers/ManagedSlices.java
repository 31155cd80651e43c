package dev.fairlead.controllers;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.EndpointSlice;
import java.util.List;
import java.util.Optional;

/**
 * The EndpointSlices that one controller writes; those of others it leaves alone.
 *
 * @param manager the value of {@link #MANAGED_BY_LABEL}
 */
public record ManagedSlices(String manager) {
  public static final String MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";

  /** The Service, or the Endpoints, that a slice is made from; empty for slices of others. */
  public Optional<ObjectKey> owner(Document slice) {
    String name = slice.meta().labels().get(EndpointSlice.SERVICE_NAME_LABEL);
    return name != null && manager.equals(slice.meta().labels().get(MANAGED_BY_LABEL))
        ? Optional.of(new ObjectKey(slice.namespace(), name))
        : Optional.empty();
  }

  /** {@link #owner} for an index. */
  public List<String> index(Document slice) {
    return owner(slice).stream().map(ObjectKey::toString).toList();
  }
}
