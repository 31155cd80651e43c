package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.auth.AuthorizedApi;
import dev.fairlead.apiserver.logs.PodLogs;
import dev.fairlead.apiserver.registry.strategy.Warnings;
import dev.fairlead.apiserver.streams.PodStreams;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.util.List;

/** Serves the paths that name resources: HTTP method to verb, and the verb's answer back. */
final class ResourceHandler {
  private final Bodies bodies;
  private final Shapes shapes;
  private final WatchStream watches;
  private final PodLogs logs;
  private final PodStreams streams;

  ResourceHandler(
      Bodies bodies, Shapes shapes, WatchStream watches, PodLogs logs, PodStreams streams) {
    this.bodies = bodies;
    this.shapes = shapes;
    this.watches = watches;
    this.logs = logs;
    this.streams = streams;
  }

  void handle(HttpExchange exchange, AuthorizedApi api, ApiPath path)
      throws IOException, InterruptedException {
    Target target = path.target();
    HttpRequest request = exchange.request();
    boolean wholeCollection = target.name().isEmpty();
    if (PodStreams.SUBRESOURCES.contains(target.subresource())) {
      stream(exchange, api, target);
      return;
    }
    switch (request.method()) {
      case "GET", "HEAD" -> read(exchange, api, path);
      case "POST" -> {
        boolean takesObjects =
            wholeCollection
                ? !target.type().namespaced() || !target.namespace().isEmpty()
                : !target.subresource().isEmpty();
        require(takesObjects);
        create(exchange, api, target);
      }
      case "PUT" -> {
        require(!wholeCollection);
        update(exchange, api, target);
      }
      case "PATCH" -> {
        require(!wholeCollection);
        Format format = Format.negotiate(request, true);
        Document stored = api.patch(target, Bodies.patch(request), Queries.write(request));
        answer(exchange, 200, format, target, Warnings.of(target, List.of(), stored), stored);
      }
      case "DELETE" -> delete(exchange, api, target);
      default -> throw ApiException.methodNotAllowed();
    }
  }

  private void stream(HttpExchange exchange, AuthorizedApi api, Target target)
      throws IOException, InterruptedException {
    boolean get = exchange.request().method().equals("GET");
    require(get || exchange.request().method().equals("POST"));
    api.check(get ? "get" : "create", target);
    streams.serve(exchange, api, target);
  }

  private void read(HttpExchange exchange, AuthorizedApi api, ApiPath path)
      throws IOException, InterruptedException {
    Target target = path.target();
    HttpRequest request = exchange.request();
    boolean head = request.method().equals("HEAD"); // The exchange leaves out the body by itself.
    if (target.subresource().equals("log")) {
      require(!head);
      api.check("get", target);
      logs.serve(exchange, api, target);
    } else if (path.watch() || Queries.flag(request, "watch")) {
      require(!head);
      watches.serve(exchange, api, target);
    } else if (target.name().isEmpty()) {
      Format format = Format.negotiate(request, true);
      Listing listing = api.list(target, Queries.list(request));
      Encodable list = shapes.list(request, format, target.type(), listing);
      Answers.object(exchange, 200, format, List.of(), list);
    } else {
      Format format = Format.negotiate(request, true);
      answer(exchange, 200, format, target, List.of(), api.get(target));
    }
  }

  private void create(HttpExchange exchange, AuthorizedApi api, Target target) throws IOException {
    Format format = Format.negotiate(exchange.request(), true);
    api.check("create", target);
    Bodies.Decoded decoded = bodies.object(exchange.request(), target);
    Document stored = api.create(target, decoded.object(), Queries.write(exchange.request()));
    answer(exchange, 201, format, target, Warnings.of(target, decoded.warnings(), stored), stored);
  }

  private void update(HttpExchange exchange, AuthorizedApi api, Target target) throws IOException {
    Format format = Format.negotiate(exchange.request(), true);
    api.check("update", target);
    Bodies.Decoded decoded = bodies.object(exchange.request(), target);
    Document stored = api.update(target, decoded.object(), Queries.write(exchange.request()));
    answer(exchange, 200, format, target, Warnings.of(target, decoded.warnings(), stored), stored);
  }

  private void delete(HttpExchange exchange, AuthorizedApi api, Target target) throws IOException {
    HttpRequest request = exchange.request();
    Format format = Format.negotiate(request, true);
    require(target.subresource().isEmpty());
    if (target.name().isEmpty()) {
      require(!target.type().namespaced() || !target.namespace().isEmpty());
      Listing deleted =
          api.deleteCollection(
              target,
              Queries.list(request),
              Queries.delete(request, Bodies.deleteOptions(request)));
      Encodable list = shapes.list(request, format, target.type(), deleted);
      Answers.object(exchange, 200, format, List.of(), list);
      return;
    }
    Document result = api.delete(target, Queries.delete(request, Bodies.deleteOptions(request)));
    answer(exchange, 200, format, target, List.of(), result);
  }

  private void answer(
      HttpExchange exchange,
      int status,
      Format format,
      Target target,
      List<String> warnings,
      Document object)
      throws IOException {
    boolean shaped = object.kind().equals(target.type().kind());
    Document answer =
        shaped ? shapes.one(exchange.request(), format, target.type(), object) : object;
    Answers.object(exchange, status, format, warnings, answer);
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw ApiException.methodNotAllowed();
    }
  }
}
