package dev.fairlead.http;

import java.io.IOException;

/**
 * Answers one request. Runs on a virtual thread of its own and may block. An exception that escapes
 * before the answer began becomes 500 with a plain body and is logged.
 */
@FunctionalInterface
public interface HttpHandler {
  void handle(HttpExchange exchange) throws IOException, InterruptedException;
}
