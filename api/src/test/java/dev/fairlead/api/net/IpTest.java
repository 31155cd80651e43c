package dev.fairlead.api.net;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "::, ::",
    "::1, ::1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "::ffff:1.2.3.4, ::ffff:1.2.3.4",
    "::ffff:0102:0304, ::ffff:1.2.3.4",
  })
  void addressesInTheirCanonicalForm(String text, String canonical) {
    assertThat(Ip.parse(text).map(Ip::text)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4.5",
        "a",
        "localhost",
        "::1%lo",
        "[::1]",
        "1::2::3",
        ":",
        "12345::",
        "1:2:3:4:5:6:7:8:9"
      })
  void whatIsNoAddress(String text) {
    assertThat(Ip.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.5/32, 10.0.0.5, true",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::/96, 2001:db8::1:0:0, false",
    "2001:db8::/96, 2001:db8::ffff:ffff, true",
  })
  void rangesContainAddresses(String range, String address, boolean contained) {
    assertThat(Cidr.parse(range).orElseThrow().contains(Ip.parse(address).orElseThrow()))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "/8", "::/129"})
  void whatIsNoRange(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "010.000.00.01, 10.0.0.1",
    "0.0.0.0, 0.0.0.0",
    "00.0.0.0, 0.0.0.0",
    "100.200.10.20, 100.200.10.20",
    "::ffff:1.2.3.4, 1.2.3.4",
    "::FFFF:0102:0304, 1.2.3.4",
    "2001:DB8:00000::1, 2001:db8::1",
    "None, None",
    "1.2.3.400, 1.2.3.400",
    "'', ''",
  })
  void oldFieldsHaveOtherSpellings(String text, String canonical) {
    assertThat(Ip.canonical(text)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8",
    "' 010.1.2.3/08 ', 10.0.0.0/8",
    "::ffff:1.2.3.4/120, 1.2.3.0/24",
    "::ffff:1.2.3.4/24, ::/24",
    "2001:DB8::1/32, 2001:db8::/32",
    "1.2.3.4, 1.2.3.4",
  })
  void oldRangesToo(String text, String canonical) {
    assertThat(Cidr.canonical(text)).isEqualTo(canonical);
  }

  @Property
  void everyAddressIsReadBackFromItsText(@ForAll long high, @ForAll long low) {
    Ip v6 = new Ip(Ip.Family.IPv6, high, low);
    Ip v4 = new Ip(Ip.Family.IPv4, 0, low & 0xffffffffL);
    assertThat(Ip.parse(v6.text())).contains(v6);
    assertThat(Ip.parse(v4.text())).contains(v4);
  }
}
