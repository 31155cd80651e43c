package dev.fairlead.apiserver.auth;

import java.util.Set;

/** Says whether somebody may do something. Safe for any thread, and never blocks for long. */
@FunctionalInterface
public interface Authorizer {
  /** Paths that anybody may see. */
  Set<String> OPEN_PATHS = Set.of("/healthz", "/livez", "/readyz", "/version");

  /** Whoever is authenticated may do everything; anonymous may see health and version. */
  Authorizer AUTHENTICATED =
      (user, action) ->
          user.isAuthenticated()
              || (action instanceof Action.OnPath(String verb, String path)
                  && verb.equals("get")
                  && OPEN_PATHS.contains(path));

  boolean allows(User user, Action action);
}
