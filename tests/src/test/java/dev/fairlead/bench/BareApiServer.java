package dev.fairlead.bench;

import dev.fairlead.apiserver.ApiServer;
import dev.fairlead.apiserver.auth.Authorizer;
import dev.fairlead.apiserver.bootstrap.Bootstrap;
import dev.fairlead.apiserver.certs.CertificateAuthority;
import dev.fairlead.apiserver.certs.SigningKey;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.apiserver.tokens.TokenCodec;
import dev.fairlead.http.HttpServerSettings;
import dev.fairlead.store.MemoryStore;
import dev.fairlead.store.SqliteStore;
import dev.fairlead.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/**
 * The API server alone, on a loopback port over TLS. Arguments: a folder, in which it leaves the
 * certificate of an administrator, and {@code memory} or {@code sqlite}.
 */
public final class BareApiServer {
  private BareApiServer() {}

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    Path folder = Path.of(arguments[0]);
    CertificateAuthority authority =
        CertificateAuthority.loadOrCreate(folder.resolve("pki"), Clock.systemUTC());
    try (OutputStream file = Files.newOutputStream(folder.resolve(ServerProcess.CLIENT_KEYS))) {
      authority.issueUser("admin", List.of("system:masters")).keyStore().store(file, new char[0]);
    }
    try (Store store = store(folder, arguments[1]);
        Registry registry =
            new Registry(store, RegistrySettings.DEFAULT, InstantSource.system(), new Random());
        ApiServer server = new ApiServer(settings(authority, registry))) {
      Bootstrap.run(registry, RegistrySettings.DEFAULT);
      InetSocketAddress address =
          server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Figures.serve("https://127.0.0.1:" + address.getPort());
    }
  }

  private static Store store(Path folder, String engine) {
    return engine.equals("memory")
        ? new MemoryStore()
        : SqliteStore.open(folder.resolve("state.db"));
  }

  private static ApiServer.Settings settings(CertificateAuthority authority, Registry registry) {
    return new ApiServer.Settings(
        registry,
        Authorizer.AUTHENTICATED,
        authority.issueServer("apiserver", List.of("localhost"), List.of("127.0.0.1")),
        authority.issueClient("kube-apiserver", List.of("system:masters")),
        new TokenCodec(SigningKey.create(), "https://kubernetes.default.svc.cluster.local"),
        List.of(),
        InstantSource.system(),
        new Random(),
        HttpServerSettings.DEFAULT);
  }
}
