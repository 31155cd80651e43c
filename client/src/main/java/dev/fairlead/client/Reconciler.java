package dev.fairlead.client;

/**
 * Brings one object's world in line with what is wanted. Level-triggered: it reads the present
 * state and never relies on having seen each change. Throwing means: again, after a back-off.
 */
@FunctionalInterface
public interface Reconciler<K> {

  /**
   * Does the work for one key, which may name an object that no longer exists.
   *
   * @throws dev.fairlead.api.ApiException when the API refused
   * @throws InterruptedException when the controller is closed
   */
  void reconcile(K key) throws InterruptedException;
}
