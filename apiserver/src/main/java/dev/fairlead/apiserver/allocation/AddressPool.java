package dev.fairlead.apiserver.allocation;

import java.util.OptionalInt;

/** The cluster IPs. */
final class AddressPool extends Pool {
  private final AddressRange range;

  AddressPool(AddressRange range) {
    super("/registry/fairlead/clusterips/", new NumberPool(range.size(), range.lowerBand()));
    this.range = range;
  }

  String cidr() {
    return range.cidr();
  }

  @Override
  OptionalInt number(String value) {
    return range.number(value);
  }

  @Override
  String value(int number) {
    return range.address(number);
  }
}
