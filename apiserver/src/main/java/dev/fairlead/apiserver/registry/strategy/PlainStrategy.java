package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.ResourceType;

/** A kind with nothing particular. */
record PlainStrategy(ResourceType type) implements Strategy {}
