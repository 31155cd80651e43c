package dev.fairlead.linux;

import java.io.IOException;

/**
 * One libnftables context, bound to one network namespace and used by one thread at a time.
 * Commands are in nft's own language and are committed as one transaction.
 *
 * <p>Source: {@code libnftables(3)}, {@code nft(8)}.
 */
public interface Nftables extends AutoCloseable {

  /**
   * Opens nftables of a namespace, through libnftables in this process.
   *
   * @throws IOException when the library is not installed (names the package) or the namespace
   *     cannot be entered
   */
  static Nftables open(NetworkNamespace namespace) throws IOException {
    return new LibNftables(namespace);
  }

  /**
   * Runs commands as one transaction.
   *
   * @return what nft prints, empty for most
   * @throws NftablesException with nft's own message; then nothing was changed
   * @throws java.io.UncheckedIOException when the namespace could not be entered
   */
  String run(String commands);

  @Override
  void close();
}
