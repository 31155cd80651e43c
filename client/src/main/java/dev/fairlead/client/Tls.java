package dev.fairlead.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes a TLS context of PEM texts. */
final class Tls {
  private static final char[] NO_PASSWORD = new char[0];

  private Tls() {}

  /**
   * The context for these settings.
   *
   * @throws IllegalArgumentException when a PEM text cannot be used
   */
  static SSLContext context(ClientSettings settings) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(settings), trust(settings.caPem()), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "cannot use the certificates for %s: %s".formatted(settings.server(), e.getMessage()), e);
    }
  }

  private static TrustManager @Nullable [] trust(String caPem)
      throws GeneralSecurityException, IOException {
    if (caPem.isEmpty()) {
      return null;
    }
    KeyStore store = empty();
    int i = 0;
    for (Certificate certificate : certificates(caPem)) {
      store.setCertificateEntry("ca-" + i++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(ClientSettings settings)
      throws GeneralSecurityException, IOException {
    if (settings.certificatePem().isEmpty()) {
      return null;
    }
    KeyStore store = empty();
    Certificate[] chain = certificates(settings.certificatePem()).toArray(new Certificate[0]);
    store.setKeyEntry("client", key(settings.keyPem()), NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    if (!pem.contains("BEGIN PRIVATE KEY")) {
      throw new GeneralSecurityException(
          "the client key must be PKCS #8 (\"BEGIN PRIVATE KEY\"); convert it with openssl pkcs8 -topk8 -nocrypt");
    }
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      PrivateKey key = key(spec, algorithm);
      if (key != null) {
        return key;
      }
    }
    throw new GeneralSecurityException("the client key is neither EC nor RSA nor Ed25519");
  }

  private static @Nullable PrivateKey key(PKCS8EncodedKeySpec spec, String algorithm)
      throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      return null;
    }
  }
}
