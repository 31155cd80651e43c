package dev.fairlead.store;

/** The memory engine keeps the contract. */
final class MemoryStoreTest extends StoreContract {

  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
