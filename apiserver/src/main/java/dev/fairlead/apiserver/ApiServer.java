package dev.fairlead.apiserver;

import dev.fairlead.api.KubeApi;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.auth.AuthorizedApi;
import dev.fairlead.apiserver.auth.Authorizer;
import dev.fairlead.apiserver.auth.Gate;
import dev.fairlead.apiserver.auth.Questions;
import dev.fairlead.apiserver.auth.User;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.apiserver.discovery.Check;
import dev.fairlead.apiserver.discovery.CustomResourcesPage;
import dev.fairlead.apiserver.discovery.DiscoveryPages;
import dev.fairlead.apiserver.discovery.HealthPage;
import dev.fairlead.apiserver.discovery.IndexPage;
import dev.fairlead.apiserver.discovery.VersionPage;
import dev.fairlead.apiserver.front.DateHeader;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.apiserver.front.ResourceHandler;
import dev.fairlead.apiserver.logs.PodLogs;
import dev.fairlead.apiserver.metrics.MetricsApi;
import dev.fairlead.apiserver.openapi.OpenApiPages;
import dev.fairlead.apiserver.proxy.ResourceProxy;
import dev.fairlead.apiserver.reviews.Reviews;
import dev.fairlead.apiserver.streams.PodStreams;
import dev.fairlead.apiserver.tables.Tables;
import dev.fairlead.apiserver.tokens.Authenticator;
import dev.fairlead.apiserver.tokens.TokenAuthenticator;
import dev.fairlead.apiserver.tokens.TokenCodec;
import dev.fairlead.apiserver.tokens.TokenIssuer;
import dev.fairlead.http.HttpServer;
import dev.fairlead.http.HttpServerSettings;
import dev.fairlead.http.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/**
 * The API server: a registry behind TLS. Clients in this JVM take {@link #as}, all others come over
 * HTTP; both pass the same authorization.
 */
public final class ApiServer implements AutoCloseable {
  private final Settings settings;
  private final Gate gate;
  private final Questions questions;
  private final PodLogs logs;
  private final MetricsApi api;
  private final ScheduledExecutorService timer;
  private final HttpServer server;

  /**
   * What an API server is made of.
   *
   * @param api the registry, without authorization
   * @param serving the server's certificate; its authority verifies clients' certificates too
   * @param kubeletClient the certificate to show to kubelets
   * @param tokens signs and reads the tokens of service accounts
   * @param readiness checks of {@code /readyz} beside {@code ping}
   * @param clock for ages in tables and the {@code Date} of answers
   */
  public record Settings(
      KubeApi api,
      Authorizer authorizer,
      Issued serving,
      Issued kubeletClient,
      TokenCodec tokens,
      List<Check> readiness,
      InstantSource clock,
      RandomGenerator random,
      HttpServerSettings http) {
    public Settings {
      readiness = List.copyOf(readiness);
    }
  }

  /** A server that does not listen yet. */
  public ApiServer(Settings settings) {
    this.settings = settings;
    this.gate = new Gate(settings.authorizer());
    TokenAuthenticator tokens =
        new TokenAuthenticator(settings.tokens(), settings.api(), settings.clock());
    this.questions =
        new Reviews(
            settings.authorizer(),
            tokens,
            new TokenIssuer(settings.tokens(), settings.api(), settings.clock()));
    this.logs = new PodLogs(settings.kubeletClient().clientContext());
    this.api = MetricsApi.over(settings.api(), settings.kubeletClient().clientContext());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("apiserver-watch-ends").factory());
    Front front = new Front(api, gate, new Authenticator(tokens), questions, pages(), resources());
    Issued serving = settings.serving();
    Tls tls = new Tls(serving.key(), List.of(serving.certificate()), List.of(serving.authority()));
    this.server =
        new HttpServer("apiserver", settings.http(), tls, new DateHeader(front, settings.clock()));
  }

  private ResourceHandler resources() {
    SSLContext kubelets = settings.kubeletClient().clientContext();
    return new ResourceHandler(
        new Tables(settings.clock()),
        logs,
        new PodStreams(kubelets),
        new ResourceProxy(settings.api(), kubelets, settings.random()),
        timer,
        settings.random());
  }

  /**
   * Listens on one more address. The socket belongs to the calling thread's network namespace.
   *
   * @throws IOException when the address cannot be had, in one sentence
   */
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    return server.listen(address);
  }

  /** The API as this user may use it, without HTTP and encoding. */
  public KubeApi as(User user) {
    return new AuthorizedApi(api, gate, user, user.component(), questions);
  }

  /** Ends watches and other requests, and closes every connection. The registry stays open. */
  @Override
  public void close() {
    server.close();
    timer.shutdownNow();
    logs.close();
    api.close();
  }

  private List<Front.Page> pages() {
    List<Check> ready = new ArrayList<>(List.of(Check.PING));
    ready.addAll(settings.readiness());
    DiscoveryPages discovery = new DiscoveryPages();
    OpenApiPages openApi = new OpenApiPages(Schema.load(), settings.clock());
    List<String> paths = new ArrayList<>(discovery.paths());
    paths.addAll(openApi.paths());
    paths.addAll(List.of("/healthz", "/livez", "/readyz", "/version"));
    return List.of(
        discovery,
        openApi,
        new VersionPage(),
        new CustomResourcesPage(),
        new HealthPage("/healthz", ready),
        new HealthPage("/livez", List.of(Check.PING)),
        new HealthPage("/readyz", ready),
        new IndexPage(paths));
  }
}
