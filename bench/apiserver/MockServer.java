import dev.fairlead.bench.Figures;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;

/** fabric8's fake API server in its CRUD mode, over TLS: what Java teams test against today. */
public final class MockServer {
  private MockServer() {}

  public static void main(String[] arguments) throws Exception {
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), true);
    server.init();
    String url = server.url("/");
    Figures.serve(url.substring(0, url.length() - 1));
    server.destroy();
    System.exit(0);
  }
}
