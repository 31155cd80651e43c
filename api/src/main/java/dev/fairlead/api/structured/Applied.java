package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What applying an object gave.
 *
 * @param object the merged object, without {@code managedFields}; a tree of its own
 */
public record Applied(ObjectNode object, ManagedFields managed) {}
