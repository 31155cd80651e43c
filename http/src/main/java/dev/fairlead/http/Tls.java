package dev.fairlead.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server needs to speak TLS 1.2 and 1.3.
 *
 * @param chain the server's certificate first
 * @param clientAuthorities a client may show a certificate, which is {@link
 *     ClientCertificate.Verified} when one of these has issued it; empty never asks for one
 */
public record Tls(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {
  public Tls {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
  }
}
