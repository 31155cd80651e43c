package dev.fairlead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceRoutesTest {
  private static final List<Cidr> TAKEN = List.of(cidr("10.111.0.0/16"), cidr("10.112.0.0/16"));
  private final List<String> routed = new ArrayList<>();
  private final List<List<String>> told = new ArrayList<>();
  private final ServiceRoutes routes =
      new ServiceRoutes(
          cidr("10.115.240.0/20"),
          range -> ServiceNetworks.objection(range, TAKEN),
          new ServiceRoutes.Routes() {
            @Override
            public void put(String network) {
              routed.add(network);
            }

            @Override
            public void remove(String network) {
              routed.remove(network);
            }
          });

  ServiceRoutesTest() {
    routes.follow(told::add);
  }

  @Test
  void aRangeIsRoutedWhileAnyObjectHasIt() {
    Document a = range("a", "10.116.0.0/24");
    Document b = range("b", "10.116.0.0/24");
    routes.onChange(null, a);
    routes.onChange(null, b);
    assertThat(routed).containsExactly("10.116.0.0/24");
    assertThat(told.getLast()).containsExactly("10.115.240.0/20", "10.116.0.0/24");
    routes.onChange(a, null);
    assertThat(routed).containsExactly("10.116.0.0/24");
    routes.onChange(b, null);
    assertThat(routed).isEmpty();
    assertThat(told.getLast()).containsExactly("10.115.240.0/20");
  }

  @Test
  void aWiderRangeTakesTheRoutesOver() {
    routes.onChange(null, range("narrow", "10.116.0.0/24"));
    routes.onChange(null, range("wide", "10.116.0.0/16"));
    assertThat(routed).containsExactly("10.116.0.0/16");
    routes.onChange(null, range("default", "10.115.240.0/20"));
    assertThat(routed).containsExactly("10.116.0.0/16");
  }

  @Test
  void whatOthersHaveIsNotRouted_butStillAnAddressOfServices() {
    routes.onChange(null, range("internet", "8.8.8.0/24"));
    assertThat(routed).isEmpty();
    assertThat(told.getLast()).containsExactly("10.115.240.0/20", "8.8.8.0/24");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, it is not private",
    "8.8.8.0/24, it is not private",
    "10.0.0.0/7, it is not private",
    "10.111.200.0/24, it overlaps 10.111.0.0/16",
    "10.112.0.0/12, it overlaps 10.112.0.0/16",
    "10.116.0.0/16, ''",
    "172.31.255.0/24, ''",
    "198.19.0.0/16, ''",
  })
  void objections(String range, String why) {
    assertThat(ServiceNetworks.objection(cidr(range), TAKEN).orElse("")).isEqualTo(why);
  }

  private static Document range(String name, String cidr) {
    var tree = Json.object();
    tree.putObject("metadata").put("name", name);
    tree.putObject("spec").putArray("cidrs").add(cidr);
    return Document.of(tree);
  }

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }
}
