package dev.fairlead.apiserver.discovery;

import java.util.function.BooleanSupplier;

/**
 * One health check.
 *
 * @param name as {@code /readyz/NAME} has it, for example {@code etcd}
 * @param ok must answer at once
 */
public record Check(String name, BooleanSupplier ok) {
  /** Answers whenever the server answers at all. */
  public static final Check PING = new Check("ping", () -> true);
}
