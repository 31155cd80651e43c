/** The registry: the verbs of the API over the store, with a strategy for each kind. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.registry;
