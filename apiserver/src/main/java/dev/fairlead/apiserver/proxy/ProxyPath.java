package dev.fairlead.apiserver.proxy;

import dev.fairlead.api.Target;
import dev.fairlead.http.HttpRequest;

/**
 * A request's path in two parts, both as the client encoded them.
 *
 * @param prefix up to and with {@code /proxy}
 * @param rest what the backend is asked for; empty or with a leading slash
 */
record ProxyPath(String prefix, String rest) {

  static ProxyPath of(HttpRequest request, Target target) {
    int segments = target.type().namespaced() ? 7 : 5;
    String path = request.rawPath();
    int end = 0;
    for (int i = 0; i < segments; i++) {
      int next = path.indexOf('/', end + 1);
      end = next < 0 ? path.length() : next;
    }
    return new ProxyPath(path.substring(0, end), path.substring(end));
  }
}
