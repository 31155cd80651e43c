package dev.fairlead.apiserver.registry.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.apiserver.certs.CertificateAuthority;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.apiserver.certs.Pem;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsPairTest {
  private static final Issued FIRST = issued();
  private static final Issued SECOND = issued();
  private static final String GARBAGE = block("CERTIFICATE", "AAAA");

  private static Issued issued() {
    return CertificateAuthority.create(Clock.systemUTC()).issueServer("a", List.of("a"), List.of());
  }

  private static String block(String type, String body) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }

  private static String problem(String certificates, String key) {
    return TlsPair.problem(
            certificates.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8))
        .orElse("");
  }

  private static KeyPair pair(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private static String certificate(KeyPair pair, String signing) throws Exception {
    X500Name name = new X500Name("CN=a");
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name, BigInteger.ONE, new Date(0), new Date(1), name, pair.getPublic())
                    .build(new JcaContentSignerBuilder(signing).build(pair.getPrivate())));
    return Pem.of(certificate);
  }

  /** As OpenSSL wrote EC keys of old. */
  private static String sec1(PrivateKey key) throws Exception {
    BigInteger number = ((java.security.interfaces.ECPrivateKey) key).getS();
    byte[] bytes = new ECPrivateKey(256, number, SECObjectIdentifiers.secp256r1).getEncoded();
    return block("EC PRIVATE KEY", Base64.getEncoder().encodeToString(bytes));
  }

  /** As OpenSSL wrote RSA keys of old. */
  private static String traditional(Object key) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(key);
    }
    return text.toString();
  }

  @Test
  void pairsOfOurOwnAuthority() throws Exception {
    assertThat(problem(FIRST.certificatePem(), FIRST.keyPem())).isEmpty();
    assertThat(problem(FIRST.certificatePem(), sec1(FIRST.key()))).isEmpty();
    assertThat(problem(FIRST.certificatePem(), SECOND.keyPem()))
        .isEqualTo("tls: private key does not match public key");
  }

  @ParameterizedTest
  @CsvSource({"RSA, SHA256withRSA", "Ed25519, Ed25519"})
  void pairsOfOtherAlgorithms(String algorithm, String signing) throws Exception {
    KeyPair pair = pair(algorithm);
    String certificate = certificate(pair, signing);
    assertThat(problem(certificate, Pem.of(pair.getPrivate()))).isEmpty();
    assertThat(problem(certificate, traditional(pair.getPrivate()))).isEmpty();
    assertThat(problem(certificate, Pem.of(pair(algorithm).getPrivate())))
        .isEqualTo("tls: private key does not match public key");
    assertThat(problem(certificate, FIRST.keyPem()))
        .isEqualTo("tls: private key type does not match public key type");
  }

  @Test
  void algorithmsThatGoDoesNotKnow() throws Exception {
    assertThat(problem(FIRST.certificatePem(), Pem.of(pair("DH").getPrivate())))
        .isEqualTo("tls: found unknown private key type in PKCS#8 wrapping");
    KeyPair dsa = pair("DSA");
    assertThat(problem(certificate(dsa, "SHA256withDSA"), FIRST.keyPem()))
        .isEqualTo("tls: unknown public key algorithm");
  }

  /** What comes before and between blocks does not matter, nor do headers and broken blocks. */
  @Test
  void blocksAreFound() {
    String broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END NOTHING-----\n";
    assertThat(problem("text\n" + broken + FIRST.certificatePem() + GARBAGE, FIRST.keyPem()))
        .isEmpty();
    assertThat(problem(FIRST.certificatePem(), block("EC PARAMETERS", "AAAA") + FIRST.keyPem()))
        .isEmpty();
    String headed = FIRST.keyPem().replaceFirst("\n", "\nBag: friendly\n\n");
    assertThat(problem(FIRST.certificatePem(), headed)).isEmpty();
  }

  @Test
  void whatIsNoCertificate() {
    assertThat(problem("", "")).isEqualTo("tls: failed to find any PEM data in certificate input");
    assertThat(problem(FIRST.keyPem(), FIRST.keyPem()))
        .isEqualTo(
            "tls: failed to find certificate PEM data in certificate input, but did find a private"
                + " key; PEM inputs may have been switched");
    assertThat(problem(block("A", "AAAA") + block("B", "AAAA"), ""))
        .isEqualTo(
            "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM"
                + " blocks of the following types: [A B]");
    assertThat(problem(GARBAGE, FIRST.keyPem())).isEqualTo("x509: malformed certificate");
  }

  @Test
  void whatIsNoKey() {
    String certificate = FIRST.certificatePem();
    assertThat(problem(certificate, "nothing"))
        .isEqualTo("tls: failed to find any PEM data in key input");
    assertThat(problem(certificate, certificate))
        .isEqualTo("tls: found a certificate rather than a key in the PEM for the private key");
    assertThat(problem(certificate, certificate + block("A", "AAAA")))
        .isEqualTo(
            "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after"
                + " skipping PEM blocks of the following types: [CERTIFICATE A]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "MY PRIVATE KEY"})
  void keysThatDoNotParse(String type) {
    assertThat(problem(FIRST.certificatePem(), block(type, "AAAA")))
        .isEqualTo("tls: failed to parse private key");
  }
}
