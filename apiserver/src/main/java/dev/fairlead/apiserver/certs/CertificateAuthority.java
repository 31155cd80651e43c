package dev.fairlead.apiserver.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The cluster's own authority: EC P-256, kept in two files, issuing for servers and clients. */
public final class CertificateAuthority {
  private static final String NAME = "fairlead-ca";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final Duration OWN_LIFE = Duration.ofDays(3650);
  private static final Duration ISSUED_LIFE = Duration.ofDays(365);

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final Clock clock;

  private CertificateAuthority(X509Certificate certificate, PrivateKey key, Clock clock) {
    this.certificate = certificate;
    this.key = key;
    this.clock = clock;
  }

  /**
   * The authority kept in {@code ca.crt} and {@code ca.key} of this folder; made when both are
   * missing. The folder and the files are readable by their owner only.
   *
   * @throws IOException when the files cannot be read or written, or do not hold an authority
   */
  public static CertificateAuthority loadOrCreate(Path folder, Clock clock) throws IOException {
    Path certificateFile = folder.resolve("ca.crt");
    Path keyFile = folder.resolve("ca.key");
    if (!Files.exists(certificateFile) && !Files.exists(keyFile)) {
      CertificateAuthority made = create(clock);
      PrivateFiles.write(keyFile, Pem.of(made.key));
      PrivateFiles.write(certificateFile, Pem.of(made.certificate));
      return made;
    }
    try {
      return new CertificateAuthority(
          Pem.certificate(Files.readString(certificateFile)),
          Pem.privateKey(Files.readString(keyFile)),
          clock);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and ca.key beside it are not a certificate authority: %s; remove both to make a new one"
              .formatted(certificateFile, e.getMessage()),
          e);
    }
  }

  /** An authority in memory only. */
  public static CertificateAuthority create(Clock clock) {
    KeyPair pair = Keys.generate();
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, NAME).build();
    List<Extra> extras =
        List.of(
            new Extra(Extension.basicConstraints, true, new BasicConstraints(true)),
            new Extra(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    return new CertificateAuthority(
        sign(name, name, pair.getPublic(), pair.getPrivate(), clock.instant(), OWN_LIFE, extras),
        pair.getPrivate(),
        clock);
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority's own certificate as PEM. */
  public String certificatePem() {
    return Pem.of(certificate);
  }

  /**
   * A certificate for a TLS server.
   *
   * @param dnsNames names that clients reach it by
   * @param ipAddresses literals that clients reach it by
   */
  public Issued issueServer(String commonName, List<String> dnsNames, List<String> ipAddresses) {
    List<GeneralName> names = new ArrayList<>();
    dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
    ipAddresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
    X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    return issue(subject, names, KeyPurposeId.id_kp_serverAuth, Keys.generate());
  }

  /**
   * A certificate that makes a client known.
   *
   * @param user becomes the common name
   * @param groups become organizations
   */
  public Issued issueClient(String user, List<String> groups) {
    return issueClient(user, groups, Keys.generate());
  }

  /**
   * The same with an RSA key, for kubeconfigs: clients in other languages and libraries read it
   * without further ado, which not all do with an EC key in PKCS #8. Takes longer to make.
   */
  public Issued issueUser(String user, List<String> groups) {
    return issueClient(user, groups, Keys.rsa());
  }

  private Issued issueClient(String user, List<String> groups, KeyPair pair) {
    X500NameBuilder subject = new X500NameBuilder();
    groups.forEach(group -> subject.addRDN(BCStyle.O, group));
    subject.addRDN(BCStyle.CN, user);
    return issue(subject.build(), List.of(), KeyPurposeId.id_kp_clientAuth, pair);
  }

  private Issued issue(
      X500Name subject, List<GeneralName> names, KeyPurposeId purpose, KeyPair pair) {
    List<Extra> extras = new ArrayList<>();
    extras.add(new Extra(Extension.basicConstraints, true, new BasicConstraints(false)));
    extras.add(new Extra(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
    extras.add(new Extra(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)));
    if (!names.isEmpty()) {
      GeneralNames all = new GeneralNames(names.toArray(GeneralName[]::new));
      extras.add(new Extra(Extension.subjectAlternativeName, false, all));
    }
    X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    X509Certificate issued =
        sign(issuer, subject, pair.getPublic(), key, clock.instant(), ISSUED_LIFE, extras);
    return new Issued(issued, pair.getPrivate(), certificate);
  }

  private static X509Certificate sign(
      X500Name issuer,
      X500Name subject,
      PublicKey subjectKey,
      PrivateKey issuerKey,
      Instant now,
      Duration life,
      List<Extra> extras) {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(120, RANDOM),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(life)),
            subject,
            subjectKey);
    try {
      for (Extra extra : extras) {
        builder.addExtension(extra.id(), extra.critical(), extra.value());
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of our own making is always encodable", e);
    }
  }

  private record Extra(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}
}
