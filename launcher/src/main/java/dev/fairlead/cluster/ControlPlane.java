package dev.fairlead.cluster;

import dev.fairlead.api.KubeApi;
import dev.fairlead.apiserver.ApiServer;
import dev.fairlead.apiserver.auth.Authorizer;
import dev.fairlead.apiserver.auth.User;
import dev.fairlead.apiserver.bootstrap.Bootstrap;
import dev.fairlead.apiserver.certs.CertificateAuthority;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.apiserver.certs.Pem;
import dev.fairlead.apiserver.certs.SigningKey;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.apiserver.tokens.TokenCodec;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.ControllerSettings;
import dev.fairlead.controllers.loadbalancer.LoadBalancerProvider;
import dev.fairlead.controllers.manager.Controllers;
import dev.fairlead.host.KubeconfigFile;
import dev.fairlead.host.StateDirectory;
import dev.fairlead.http.HttpServerSettings;
import dev.fairlead.store.MemoryStore;
import dev.fairlead.store.SqliteStore;
import dev.fairlead.store.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Store, registry, API server and controllers: everything of a cluster that is on no node. */
final class ControlPlane implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration ACCESS_LIFE_MIN = Duration.ofDays(180);

  private final CloseStack parts = new CloseStack();
  private final Clock clock = Clock.systemUTC();
  private final Addresses addresses;
  private final CertificateAuthority authority;
  private final TokenCodec tokens;
  private final ApiServer server;

  private ControlPlane(
      ClusterSettings settings,
      Store store,
      CertificateAuthority authority,
      SigningKey signing,
      LoadBalancerProvider loadBalancers)
      throws IOException {
    this.addresses = settings.addresses();
    this.authority = authority;
    this.tokens =
        new TokenCodec(
            signing, "https://kubernetes.default.svc." + settings.addresses().clusterDomain());
    try {
      parts.add(store);
      Registry registry =
          parts.add(new Registry(store, registrySettings(addresses), clock, new SecureRandom()));
      Bootstrap.run(registry, registrySettings(addresses));
      server = parts.add(new ApiServer(serverSettings(registry)));
      startControllers(registry, loadBalancers);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Starts it all; {@link #listen} opens the doors. */
  static ControlPlane start(
      ClusterSettings settings, StateDirectory state, LoadBalancerProvider loadBalancers)
      throws IOException {
    CertificateAuthority authority =
        CertificateAuthority.loadOrCreate(state.pki(), Clock.systemUTC());
    ControlPlane plane =
        new ControlPlane(
            settings,
            store(settings, state),
            authority,
            SigningKey.loadOrCreate(state.pki()),
            loadBalancers);
    plane.writeKubeconfig(state.kubeconfig());
    return plane;
  }

  private static Store store(ClusterSettings settings, StateDirectory state) {
    return switch (settings.store()) {
      case MEMORY -> new MemoryStore();
      case SQLITE -> SqliteStore.open(state.database());
    };
  }

  private static RegistrySettings registrySettings(Addresses addresses) {
    return RegistrySettings.DEFAULT
        .withServiceAccounts()
        .withAdvertise(addresses.router(), addresses.apiPort())
        .withRanges(addresses.serviceNetwork(), addresses.dnsService(), 30_000, 32_767);
  }

  private ApiServer.Settings serverSettings(Registry registry) {
    Issued serving =
        authority.issueServer(
            "kube-apiserver",
            List.of(
                "localhost",
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc." + addresses.clusterDomain()),
            List.of(LOOPBACK, addresses.router(), addresses.kubernetesService()));
    return new ApiServer.Settings(
        registry,
        Authorizer.AUTHENTICATED,
        serving,
        authority.issueClient("kube-apiserver-kubelet-client", List.of("system:masters")),
        tokens,
        List.of(),
        clock,
        new SecureRandom(),
        HttpServerSettings.DEFAULT);
  }

  private void startControllers(Registry registry, LoadBalancerProvider loadBalancers) {
    KubeApi api = apiAs("system:kube-controller-manager", "system:masters");
    InformerFactory informers = parts.add(new InformerFactory(api));
    ApiEventRecorder events = parts.add(ApiEventRecorder.start(api, "", clock));
    ControllerContext context =
        new ControllerContext(
            api,
            informers,
            events,
            clock,
            ControllerSettings.DEFAULT.withRootCertificates(authority.certificatePem()),
            loadBalancers);
    parts.add(Controllers.start(context, Controllers.names()));
    parts.add(SystemObjects.keep(registry, registrySettings(addresses), informers));
  }

  /** Listens on one more address; the socket belongs to the calling thread's namespace. */
  InetSocketAddress listen(InetSocketAddress address) throws IOException {
    return server.listen(address);
  }

  /** The API as seen by one user within this process. */
  KubeApi apiAs(String user, String... groups) {
    return server.as(User.authenticated(user, List.of(groups)));
  }

  CertificateAuthority authority() {
    return authority;
  }

  /** Keeps the access that was given out before while it is good for long enough. */
  private void writeKubeconfig(Path file) throws IOException {
    String url = "https://" + LOOPBACK + ":" + addresses.apiPort();
    KubeconfigFile kubeconfig = new KubeconfigFile(file);
    if (Files.exists(file) && good(kubeconfig.access(), url)) {
      return;
    }
    Issued admin = authority.issueUser("fairlead-admin", List.of("system:masters"));
    kubeconfig.merge(
        new KubeconfigFile.Access(
            url, authority.certificatePem(), admin.certificatePem(), admin.keyPem()));
  }

  private boolean good(KubeconfigFile.Access access, String url) {
    try {
      return access.server().equals(url)
          && access.caPem().equals(authority.certificatePem())
          && Pem.certificate(access.certificatePem())
              .getNotAfter()
              .toInstant()
              .isAfter(Instant.now(clock).plus(ACCESS_LIFE_MIN));
    } catch (GeneralSecurityException e) {
      return false; // It is written anew.
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
