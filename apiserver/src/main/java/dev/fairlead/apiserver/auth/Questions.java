package dev.fairlead.apiserver.auth;

import dev.fairlead.api.Document;
import dev.fairlead.api.Target;
import org.jspecify.annotations.Nullable;

/** Answers creations that store nothing. */
@FunctionalInterface
public interface Questions {
  /** Every creation stores something. */
  Questions NONE = (user, target, body) -> null;

  /**
   * The answer.
   *
   * @return null when the registry has to store the object
   * @throws dev.fairlead.api.ApiException when the question is malformed
   */
  @Nullable Document answer(User user, Target target, Document body);
}
