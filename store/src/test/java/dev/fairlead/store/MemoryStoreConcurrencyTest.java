package dev.fairlead.store;

/** The memory engine keeps the contract under load. */
final class MemoryStoreConcurrencyTest extends StoreConcurrencyContract {

  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
