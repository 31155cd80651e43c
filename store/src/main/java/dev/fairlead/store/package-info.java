/** A versioned key-value store with watch; see {@link dev.fairlead.store.Store}. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.store;
