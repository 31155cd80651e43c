package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.auth.AuthorizedApi;
import dev.fairlead.apiserver.discovery.Verbs;
import dev.fairlead.apiserver.logs.PodLogs;
import dev.fairlead.apiserver.proxy.ResourceProxy;
import dev.fairlead.apiserver.streams.PodStreams;
import dev.fairlead.apiserver.tables.Tables;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** Serves the paths that name resources: HTTP method to verb, and the verb's answer back. */
public final class ResourceHandler {
  private final Bodies bodies;
  private final Shapes shapes;
  private final WatchStream watches;
  private final PodLogs logs;
  private final PodStreams streams;
  private final ResourceProxy proxy;

  /**
   * The handler of all kinds.
   *
   * @param logs serves {@code pods/log}
   * @param streams serves {@code pods/exec} and its like
   * @param proxy serves the subresource {@code proxy}
   * @param timer ends watches
   * @param random spreads the ends of watches
   */
  public ResourceHandler(
      Tables tables,
      PodLogs logs,
      PodStreams streams,
      ResourceProxy proxy,
      ScheduledExecutorService timer,
      RandomGenerator random) {
    this.bodies = new Bodies(Schema.load());
    this.shapes = new Shapes(tables);
    this.watches = new WatchStream(shapes, timer, random);
    this.logs = logs;
    this.streams = streams;
    this.proxy = proxy;
  }

  void handle(HttpExchange exchange, AuthorizedApi api, ApiPath path)
      throws IOException, InterruptedException {
    Target target = path.target();
    HttpRequest request = exchange.request();
    if (target.subresource().equals("proxy")) {
      require(!path.watch() && ResourceProxy.METHODS.contains(request.method()));
      api.check(proxyVerb(request.method()), target);
      proxy.serve(exchange, target);
      return;
    }
    String verb = verb(request, path);
    require(Verbs.serves(target, verb));
    api.check(verb, target);
    Warnings.add(target.type().deprecation());
    if (PodStreams.SUBRESOURCES.contains(target.subresource())) {
      streams.serve(exchange, api, target);
      return;
    }
    switch (request.method()) {
      case "GET", "HEAD" -> read(exchange, api, path);
      case "POST" -> create(exchange, api, target);
      case "PUT" -> update(exchange, api, target);
      case "PATCH" -> patch(exchange, api, target);
      case "DELETE" -> delete(exchange, api, target);
      default -> throw ApiException.methodNotAllowed();
    }
  }

  /** The verb that the method means on this path; 405 when it means none. */
  private static String verb(HttpRequest request, ApiPath path) {
    Target target = path.target();
    boolean one = !target.name().isEmpty();
    require(!path.watch() || request.method().equals("GET"));
    boolean place = !target.type().namespaced() || !target.namespace().isEmpty();
    return switch (request.method()) {
      case "GET", "HEAD" -> isWatch(request, path) ? "watch" : one ? "get" : "list";
      case "POST" -> allowed(one ? !target.subresource().isEmpty() : place, "create");
      case "PUT" -> allowed(one, "update");
      case "PATCH" -> allowed(one, "patch");
      case "DELETE" -> one ? "delete" : allowed(place, "deletecollection");
      default -> throw ApiException.methodNotAllowed();
    };
  }

  private static String proxyVerb(String method) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> "get";
    };
  }

  private static String allowed(boolean allowed, String verb) {
    require(allowed);
    return verb;
  }

  private static boolean isWatch(HttpRequest request, ApiPath path) {
    return path.watch() || (path.target().name().isEmpty() && request.flag("watch"));
  }

  private void read(HttpExchange exchange, AuthorizedApi api, ApiPath path)
      throws IOException, InterruptedException {
    Target target = path.target();
    HttpRequest request = exchange.request();
    boolean head = request.method().equals("HEAD"); // The exchange leaves out the body by itself.
    if (target.subresource().equals("log")) {
      require(!head);
      logs.serve(exchange, api, target, LogQueries.read(request, target.name()));
    } else if (isWatch(request, path)) {
      require(!head);
      watches.serve(exchange, api, target);
    } else if (target.name().isEmpty()) {
      Format format = Format.negotiate(request, true);
      Listing listing = api.list(target, Queries.list(request));
      Encodable list = shapes.list(request, format, target.type(), listing);
      Answers.list(exchange, 200, format, list);
    } else {
      Format format = Format.negotiate(request, true);
      answer(exchange, 200, format, target, api.get(target));
    }
  }

  private void create(HttpExchange exchange, AuthorizedApi api, Target target) throws IOException {
    Format format = Format.negotiate(exchange.request(), true);
    WriteOptions options = Queries.write(exchange.request(), "CreateOptions");
    Document object = bodies.object(exchange.request(), target);
    Document stored = api.create(target, object, options);
    answer(exchange, 201, format, target, stored);
  }

  private void update(HttpExchange exchange, AuthorizedApi api, Target target) throws IOException {
    Format format = Format.negotiate(exchange.request(), true);
    WriteOptions options = Queries.write(exchange.request(), "UpdateOptions");
    Document object = bodies.object(exchange.request(), target);
    Document stored = api.update(target, object, options);
    answer(exchange, stored.isCreated() ? 201 : 200, format, target, stored);
  }

  private void patch(HttpExchange exchange, AuthorizedApi api, Target target) throws IOException {
    HttpRequest request = exchange.request();
    Format format = Format.negotiate(request, true);
    Patch patch = Bodies.patch(request);
    Document stored = api.patch(target, patch, Queries.patch(request, patch.type()));
    answer(exchange, stored.isCreated() ? 201 : 200, format, target, stored);
  }

  private void delete(HttpExchange exchange, AuthorizedApi api, Target target) throws IOException {
    HttpRequest request = exchange.request();
    Format format = Format.negotiate(request, true);
    DeleteOptions options = DeleteQueries.read(request, bodies.deleteOptions(request));
    if (target.name().isEmpty()) {
      Listing deleted = api.deleteCollection(target, Queries.list(request), options);
      Encodable list = shapes.list(request, format, target.type(), deleted);
      Answers.list(exchange, 200, format, list);
      return;
    }
    Document result = api.delete(target, options);
    answer(exchange, 200, format, target, result);
  }

  private void answer(
      HttpExchange exchange, int status, Format format, Target target, Document object)
      throws IOException {
    boolean shaped =
        object.kind().equals(target.type().kind()) || target.subresource().equals("scale");
    Document answer =
        shaped ? shapes.one(exchange.request(), format, target.type(), object) : object;
    Answers.object(exchange, status, format, answer);
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw ApiException.methodNotAllowed();
    }
  }
}
