package dev.fairlead.controllers.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ObjectKey;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolProviderTest {
  private static final List<BackendNode> NODES =
      List.of(new BackendNode("node-1", "10.111.0.11"), new BackendNode("node-2", "10.111.0.12"));

  private final FakeAddressRoutes routes = new FakeAddressRoutes();
  private final PoolProvider pool = pool("");

  @Test
  void theLowestFreeAddressIsRoutedToTheNodes() throws Exception {
    assertThat(pool.ensure(request("a", false, ""), NODES))
        .containsExactly(Ingress.ofIp("10.111.200.1"));
    assertThat(routes.routes())
        .containsEntry("10.111.200.1", List.of("10.111.0.11", "10.111.0.12"));
    assertThat(pool.ensure(request("b", false, ""), NODES))
        .containsExactly(Ingress.ofIp("10.111.200.2"));
    pool.delete(key("a"));
    assertThat(routes.routes()).containsOnlyKeys("10.111.200.2");
    assertThat(pool.ensure(request("c", false, ""), NODES))
        .containsExactly(Ingress.ofIp("10.111.200.1"));
  }

  @Test
  void anInternalOneTakesTheInternalPoolAndMovesWhenTheWishChanges() throws Exception {
    pool.ensure(request("a", false, ""), NODES);
    assertThat(pool.ensure(request("a", true, ""), NODES))
        .containsExactly(Ingress.ofIp("10.111.201.1"));
    assertThat(routes.routes()).containsOnlyKeys("10.111.201.1");
  }

  @Test
  void anEmptyPoolIsNamed() throws Exception {
    pool.ensure(request("a", false, ""), NODES);
    pool.ensure(request("b", false, ""), NODES);
    assertThatThrownBy(() -> pool.ensure(request("c", false, ""), NODES))
        .isInstanceOf(RefusedException.class)
        .hasMessage("no free address in the external pool 10.111.200.0/30; all 2 are in use");
  }

  @Test
  void aFixedAddressMustBeInThePoolAndFree() throws Exception {
    assertThat(pool.ensure(request("a", false, "10.111.200.2"), NODES))
        .containsExactly(Ingress.ofIp("10.111.200.2"));
    assertThatThrownBy(() -> pool.ensure(request("b", false, "10.111.200.2"), NODES))
        .hasMessage("address 10.111.200.2 is in use by service default/a");
    assertThatThrownBy(() -> pool.ensure(request("b", false, "10.111.201.1"), NODES))
        .hasMessage("address 10.111.201.1 is not in the external pool 10.111.200.0/30");
    assertThatThrownBy(() -> pool.ensure(request("b", false, "nonsense"), NODES))
        .hasMessageContaining("nonsense is not in the external pool");
  }

  @Test
  void addressesSurviveARestart() throws Exception {
    pool.restore(request("b", false, ""), List.of(Ingress.ofIp("10.111.200.1")));
    assertThat(pool.ensure(request("a", false, ""), NODES))
        .containsExactly(Ingress.ofIp("10.111.200.2"));
    assertThat(pool.ensure(request("b", false, ""), NODES))
        .containsExactly(Ingress.ofIp("10.111.200.1"));
  }

  @Test
  void aNameCarriesItsAddress() throws Exception {
    PoolProvider named = pool("lb.example.com");
    List<Ingress> ingress = named.ensure(request("a", false, ""), NODES);
    assertThat(ingress).containsExactly(Ingress.ofHostname("lb-10-111-200-1.lb.example.com"));
    PoolProvider next = pool("lb.example.com");
    next.restore(request("a", false, ""), ingress);
    assertThat(next.exists(key("a"))).isTrue();
  }

  @Test
  void aFailedRouteCostsNoAddress() throws Exception {
    routes.fail("no route");
    assertThatThrownBy(() -> pool.ensure(request("a", false, ""), NODES))
        .isInstanceOf(IOException.class);
    routes.fail("");
    assertThat(pool.ensure(request("b", false, ""), NODES))
        .containsExactly(Ingress.ofIp("10.111.200.1"));
  }

  private PoolProvider pool(String suffix) {
    return new PoolProvider(new PoolSettings("10.111.200.0/30", "10.111.201.0/30", suffix), routes);
  }

  private static ServiceRequest request(String name, boolean internal, String fixed) {
    return new ServiceRequest(key(name), internal, fixed);
  }

  private static ObjectKey key(String name) {
    return new ObjectKey("default", name);
  }
}
