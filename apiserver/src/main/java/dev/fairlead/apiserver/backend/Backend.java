package dev.fairlead.apiserver.backend;

import dev.fairlead.http.AnyCertificate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that requests are passed on to.
 *
 * @param host an address or a name
 * @param tls null for plain HTTP
 * @param verified whether the server's certificate must be for {@code host}
 */
public record Backend(String host, int port, @Nullable SSLContext tls, boolean verified) {
  private static final SSLContext ANY_CERTIFICATE = AnyCertificate.context();

  /** Over HTTP. */
  public static Backend http(String host, int port) {
    return new Backend(host, port, null, false);
  }

  /** Over HTTPS, with a certificate for this host of an authority that {@code tls} trusts. */
  public static Backend https(String host, int port, SSLContext tls) {
    return new Backend(host, port, tls, true);
  }

  /** Over HTTPS, whatever certificate the server shows, as upstream reaches pods and Services. */
  public static Backend anyCertificate(String host, int port) {
    return new Backend(host, port, ANY_CERTIFICATE, false);
  }

  /** As it stands in a URL. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
