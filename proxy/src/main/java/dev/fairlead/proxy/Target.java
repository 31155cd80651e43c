package dev.fairlead.proxy;

/**
 * Where packets end.
 *
 * @param address IPv4
 */
record Target(String address, int port) {
  /** In nft's words. */
  String text() {
    return address + " . " + port;
  }

  /** A number for {@code ct mark} that stays with the endpoint: its address. */
  String id() {
    long id = 0;
    for (String part : address.split("\\.")) {
      id = id << 8 | Integer.parseInt(part);
    }
    return "0x%08x".formatted(id);
  }
}
