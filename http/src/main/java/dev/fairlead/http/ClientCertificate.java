package dev.fairlead.http;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a client has shown of itself in the handshake. A certificate that cannot be believed does
 * not end the connection: the client may have other credentials, and else deserves an answer that
 * it can read, as Kubernetes gives.
 */
public sealed interface ClientCertificate {
  /** It has shown none, or was not asked. */
  ClientCertificate NONE = new None();

  /** See {@link #NONE}. */
  record None() implements ClientCertificate {}

  /**
   * One that an authority of the server has issued and that was valid in the handshake.
   *
   * @param chain leaf first, never empty
   */
  record Verified(List<X509Certificate> chain) implements ClientCertificate {
    public Verified {
      chain = List.copyOf(chain);
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("a verified chain has a leaf");
      }
    }

    /** The client's own. */
    public X509Certificate leaf() {
      return chain.getFirst();
    }
  }

  /**
   * One that names nobody: of another authority, for another use, or out of its time.
   *
   * @param why for the log
   */
  record Refused(String why) implements ClientCertificate {}
}
