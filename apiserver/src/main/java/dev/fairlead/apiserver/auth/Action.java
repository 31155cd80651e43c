package dev.fairlead.apiserver.auth;

import dev.fairlead.api.Target;

/**
 * What somebody wants to do. {@code verb} is the API's verb in lower case, for paths the method.
 */
public sealed interface Action {
  String verb();

  /** A verb on a resource. */
  record OnResource(String verb, Target target) implements Action {}

  /** A request for a path that is no resource, for example {@code /version}. */
  record OnPath(String verb, String path) implements Action {}
}
