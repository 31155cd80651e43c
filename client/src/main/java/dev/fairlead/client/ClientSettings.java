package dev.fairlead.client;

import java.net.URI;

/**
 * How to reach an API server and who to be there. PEM texts are empty when not used.
 *
 * @param server for example {@code https://127.0.0.1:6443}
 * @param caPem certificates to trust instead of the machine's
 * @param certificatePem client certificate chain
 * @param keyPem its private key, PKCS #8
 * @param token bearer token
 * @param namespace that the context names; {@code default} when it names none
 */
public record ClientSettings(
    URI server,
    String caPem,
    String certificatePem,
    String keyPem,
    String token,
    String namespace) {

  @Override
  public String toString() {
    return "ClientSettings[" + server + "]";
  }
}
