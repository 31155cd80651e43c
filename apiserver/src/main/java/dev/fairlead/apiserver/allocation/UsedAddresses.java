package dev.fairlead.apiserver.allocation;

import dev.fairlead.api.Kinds;
import dev.fairlead.api.net.Ip;
import dev.fairlead.apiserver.watch.KeyObserver;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The IPv4 addresses that have an IPAddress object, whoever made it, as the watch cache tells of
 * them. What is seen here may be a little old; the transaction that takes an address compares its
 * object to be absent.
 */
final class UsedAddresses implements KeyObserver {
  private final Set<Long> used = ConcurrentHashMap.newKeySet();

  boolean contains(long address) {
    return used.contains(address);
  }

  @Override
  public String prefix() {
    return Kinds.IP_ADDRESS.storagePrefix();
  }

  @Override
  public void reset(Collection<String> keys) {
    used.clear();
    keys.forEach(this::onPut);
  }

  @Override
  public void onPut(String key) {
    number(key).ifPresent(used::add);
  }

  @Override
  public void onDelete(String key) {
    number(key).ifPresent(used::remove);
  }

  private Optional<Long> number(String key) {
    return Ip.parse(key.substring(prefix().length()))
        .filter(ip -> ip.family() == Ip.Family.IPv4)
        .map(Ip::low);
  }
}
