package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Warnings;
import dev.fairlead.apiserver.auth.Action;
import dev.fairlead.apiserver.auth.AuthorizedApi;
import dev.fairlead.apiserver.auth.Gate;
import dev.fairlead.apiserver.auth.Questions;
import dev.fairlead.apiserver.auth.User;
import dev.fairlead.apiserver.tokens.Authenticator;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpHandler;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API server's one HTTP handler: authenticate, authorize, then the resource or the page that
 * the path names. Whatever goes wrong is answered with a {@code Status}.
 */
public final class Front implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(Front.class);

  private final KubeApi api;
  private final Gate gate;
  private final Authenticator authenticator;
  private final Questions questions;
  private final List<Page> pages;
  private final ResourceHandler resources;

  /** Serves a path that is no resource. */
  public interface Page {

    /** Whether this page is the one for the path. */
    boolean serves(String path);

    /** Answers a GET. */
    void serve(HttpExchange exchange) throws IOException;
  }

  /**
   * The handler over one API.
   *
   * @param pages asked in order
   * @param resources serves the paths that name resources
   */
  public Front(
      KubeApi api,
      Gate gate,
      Authenticator authenticator,
      Questions questions,
      List<Page> pages,
      ResourceHandler resources) {
    this.api = api;
    this.gate = gate;
    this.authenticator = authenticator;
    this.questions = questions;
    this.pages = List.copyOf(pages);
    this.resources = resources;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException, InterruptedException {
    try (Warnings _ = Warnings.open()) {
      answer(exchange);
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      route(exchange);
    } catch (ApiException e) {
      Answers.refuse(exchange, e);
    } catch (RuntimeException | StackOverflowError e) {
      log.error("{} {} failed", exchange.request().method(), exchange.request().path(), e);
      Answers.refuse(exchange, ApiException.internal("see the server's log"));
    }
  }

  private void route(HttpExchange exchange) throws IOException, InterruptedException {
    HttpRequest request = exchange.request();
    User user = authenticator.user(request.client(), request.header("authorization"));
    Optional<ApiPath> resource = ApiPath.parse(request.path());
    if (resource.isPresent()) {
      resources.handle(exchange, new AuthorizedApi(api, gate, user, "", questions), resource.get());
      return;
    }
    String verb = request.method().toLowerCase(Locale.ROOT);
    gate.check(user, new Action.OnPath(verb, request.path()));
    for (Page page : pages) {
      if (page.serves(request.path())) {
        if (!verb.equals("get") && !verb.equals("head")) {
          throw ApiException.methodNotAllowed();
        }
        page.serve(exchange);
        return;
      }
    }
    Answers.text(exchange, 404, "404 page not found\n");
  }
}
