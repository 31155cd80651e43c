package dev.fairlead.apiserver.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An issued certificate with its key.
 *
 * @param authority the certificate of the authority that issued it
 */
public record Issued(X509Certificate certificate, PrivateKey key, X509Certificate authority) {

  /** The certificate as PEM. */
  public String certificatePem() {
    return Pem.of(certificate);
  }

  /** The key as PEM, in PKCS #8. */
  public String keyPem() {
    return Pem.of(key);
  }

  /** Key and certificate in a PKCS #12 store with an empty password. */
  public KeyStore keyStore() {
    try {
      KeyStore store = empty();
      store.setKeyEntry("issued", key, new char[0], new X509Certificate[] {certificate, authority});
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK knows PKCS #12", e);
    }
  }

  /** A context for a client that shows this certificate and trusts this authority. */
  public SSLContext clientContext() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(keyStore(), new char[0]);
      KeyStore trusted = empty();
      trusted.setCertificateEntry("authority", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a certificate of our own making is always usable", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
