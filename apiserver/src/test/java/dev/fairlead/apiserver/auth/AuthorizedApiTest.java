package dev.fairlead.apiserver.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.certs.CertificateAuthority;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AuthorizedApiTest {
  private static final Target POD = new Target(Kinds.POD, "shop", "p", "");
  private static final Document OBJECT = Document.of(Json.object());
  private static final User ANN = User.authenticated("ann", List.of("staff"));
  private final List<String> reached = new ArrayList<>();
  private final KubeApi behind =
      (KubeApi)
          Proxy.newProxyInstance(
              KubeApi.class.getClassLoader(),
              new Class<?>[] {KubeApi.class},
              (proxy, method, arguments) -> {
                reached.add(method.getName());
                return null;
              });

  @Test
  void eachVerbAsksForItself() {
    Map<String, Consumer<KubeApi>> verbs = new LinkedHashMap<>();
    verbs.put("get", api -> api.get(POD));
    verbs.put("list", api -> api.list(POD, ListOptions.ALL));
    verbs.put("watch", api -> api.watch(POD, WatchOptions.from("0")));
    verbs.put("create", api -> api.create(POD, OBJECT, WriteOptions.NONE));
    verbs.put("update", api -> api.update(POD, OBJECT, WriteOptions.NONE));
    Patch patch = new Patch(Patch.Type.MERGE, Json.object());
    verbs.put("patch", api -> api.patch(POD, patch, WriteOptions.NONE));
    verbs.put("delete", api -> api.delete(POD, DeleteOptions.NONE));
    verbs.put(
        "deletecollection", api -> api.deleteCollection(POD, ListOptions.ALL, DeleteOptions.NONE));
    verbs.forEach((verb, call) -> {
      call.accept(api((user, action) -> action.verb().equals(verb) && user.equals(ANN)));
      assertThat(reached).as(verb).hasSize(1).first().asString().isEqualToIgnoringCase(verb);
      reached.clear();
      assertThatThrownBy(() -> call.accept(api((user, action) -> !action.verb().equals(verb))))
          .isInstanceOf(ApiException.class)
          .hasMessage(
              "pods \"p\" is forbidden: User \"ann\" cannot %s resource \"pods\" in API group \"\""
                      .formatted(verb)
                  + " in the namespace \"shop\"");
      assertThat(reached).isEmpty();
    });
  }

  @Test
  void aCertificateNamesAUserAndGroups() {
    CertificateAuthority authority = CertificateAuthority.create(Clock.systemUTC());
    assertThat(User.of(List.of(authority.issueClient("ann", List.of("staff")).certificate())))
        .isEqualTo(ANN);
    assertThat(User.of(List.of(authority.issueClient("", List.of()).certificate())))
        .isEqualTo(User.ANONYMOUS);
    assertThat(User.of(List.of())).isEqualTo(User.ANONYMOUS);
  }

  private KubeApi api(Authorizer authorizer) {
    return new AuthorizedApi(behind, new Gate(authorizer), ANN);
  }
}
