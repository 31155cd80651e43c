package dev.fairlead.apiserver.allocation;

/** Well-known addresses of a range of cluster IPs. */
public final class ClusterAddresses {
  private ClusterAddresses() {}

  /**
   * The first address of a range, which belongs to the Service {@code kubernetes}.
   *
   * @throws IllegalArgumentException when the range is no IPv4 range
   */
  public static String first(String cidr) {
    return AddressRange.parse(cidr).address(0);
  }
}
