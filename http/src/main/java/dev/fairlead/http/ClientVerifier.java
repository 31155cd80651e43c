package dev.fairlead.http;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Lets every client through the handshake and says afterwards whether its certificate can be
 * believed. The handshake still proves that the client holds the certificate's key, and names the
 * authorities, so that clients with several certificates show the right one.
 */
final class ClientVerifier extends X509ExtendedTrustManager {
  private static final AttributeKey<ClientCertificate> SHOWN =
      AttributeKey.valueOf(ClientCertificate.class, "shown");

  private final X509TrustManager authorities;

  /** Believes what these authorities have issued. */
  ClientVerifier(List<X509Certificate> authorities) {
    this.authorities = trusting(authorities);
  }

  /** What the client of a connection has shown; looked at once per connection, on its loop. */
  ClientCertificate shown(Channel connection) {
    ClientCertificate known = connection.attr(SHOWN).get();
    if (known != null) {
      return known;
    }
    SslHandler tls = connection.pipeline().get(SslHandler.class);
    ClientCertificate shown = tls == null ? ClientCertificate.NONE : verify(tls);
    connection.attr(SHOWN).set(shown);
    return shown;
  }

  private ClientCertificate verify(SslHandler tls) {
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return verify(Arrays.copyOf(chain, chain.length, X509Certificate[].class));
    } catch (SSLPeerUnverifiedException e) {
      return ClientCertificate.NONE;
    }
  }

  private ClientCertificate verify(X509Certificate[] chain) {
    try {
      authorities.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return new ClientCertificate.Verified(List.of(chain));
    } catch (CertificateException e) {
      return new ClientCertificate.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static X509TrustManager trusting(List<X509Certificate> authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate each : authorities) {
        store.setCertificateEntry("authority-" + store.size(), each);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509TrustManager manager) {
          return manager;
        }
      }
      throw new IllegalStateException("every JVM verifies X.509");
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalArgumentException(
          "the clients' authorities cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new IllegalStateException("no client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new IllegalStateException("no client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new IllegalStateException("no client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
