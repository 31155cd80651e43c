package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.ResourceType;

/** A kind with nothing particular. */
public record PlainStrategy(ResourceType type) implements Strategy {}
