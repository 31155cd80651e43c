package dev.fairlead.apiserver.registry.strategy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate and a private key are a pair, in the words of Go's {@code tls.X509KeyPair},
 * with which upstream looks at Secrets of type {@code kubernetes.io/tls}.
 */
final class TlsPair {
  private static final byte[] MESSAGE = {1};

  /** What is wrong; its message is Go's. */
  private static final class WrongPairException extends Exception {
    private static final long serialVersionUID = 1;

    WrongPairException(String message) {
      super(message);
    }
  }

  private TlsPair() {}

  /**
   * What is wrong with a pair; empty when nothing is.
   *
   * @param certificates PEM; the first certificate is the key's
   * @param key PEM
   */
  static Optional<String> problem(byte[] certificates, byte[] key) {
    try {
      byte[] certificate = certificate(PemBlock.read(certificates));
      PemBlock block = key(PemBlock.read(key));
      return match(publicKey(certificate), privateKey(block));
    } catch (WrongPairException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private static byte[] certificate(List<PemBlock> blocks) throws WrongPairException {
    for (PemBlock block : blocks) {
      if (block.type().equals("CERTIFICATE")) {
        return block.content();
      }
    }
    if (blocks.isEmpty()) {
      throw new WrongPairException("tls: failed to find any PEM data in certificate input");
    }
    if (blocks.size() == 1 && blocks.getFirst().type().endsWith("PRIVATE KEY")) {
      throw new WrongPairException(
          "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched");
    }
    throw new WrongPairException(
        "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the following types: "
            + types(blocks));
  }

  private static PemBlock key(List<PemBlock> blocks) throws WrongPairException {
    for (PemBlock block : blocks) {
      if (block.isPrivateKey()) {
        return block;
      }
    }
    if (blocks.isEmpty()) {
      throw new WrongPairException("tls: failed to find any PEM data in key input");
    }
    if (blocks.size() == 1 && blocks.getFirst().type().equals("CERTIFICATE")) {
      throw new WrongPairException(
          "tls: found a certificate rather than a key in the PEM for the private key");
    }
    throw new WrongPairException(
        "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM blocks of the following types: "
            + types(blocks));
  }

  private static String types(List<PemBlock> blocks) {
    return "[" + String.join(" ", blocks.stream().map(PemBlock::type).toList()) + "]";
  }

  private static PublicKey publicKey(byte[] certificate) throws WrongPairException {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(certificate))
          .getPublicKey();
    } catch (CertificateException e) {
      throw new WrongPairException("x509: malformed certificate");
    }
  }

  private static PrivateKey privateKey(PemBlock block) throws WrongPairException {
    try (PEMParser parser = new PEMParser(new StringReader(block.text()))) {
      PrivateKeyInfo info =
          switch (parser.readObject()) {
            case PEMKeyPair pair -> pair.getPrivateKeyInfo();
            case PrivateKeyInfo own -> own;
            case null, default -> throw new WrongPairException("tls: failed to parse private key");
          };
      String algorithm = algorithm(info);
      if (algorithm == null) {
        throw new WrongPairException("tls: found unknown private key type in PKCS#8 wrapping");
      }
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw new WrongPairException("tls: failed to parse private key");
    }
  }

  /** Null for an algorithm that Go does not know. */
  private static @Nullable String algorithm(PrivateKeyInfo info) {
    var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return "RSA";
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return "EC";
    }
    return algorithm.equals(EdECObjectIdentifiers.id_Ed25519) ? "Ed25519" : null;
  }

  private static Optional<String> match(PublicKey open, PrivateKey secret) {
    return switch (open) {
      case RSAPublicKey known when secret instanceof RSAPrivateKey own ->
          told(own.getModulus().equals(known.getModulus()));
      case ECPublicKey _ when secret instanceof ECPrivateKey ->
          told(signs("SHA256withECDSA", open, secret));
      case EdECPublicKey _ when secret instanceof EdECPrivateKey ->
          told(signs("EdDSA", open, secret));
      case RSAPublicKey _, ECPublicKey _, EdECPublicKey _ ->
          Optional.of("tls: private key type does not match public key type");
      default -> Optional.of("tls: unknown public key algorithm");
    };
  }

  private static Optional<String> told(boolean pair) {
    return pair ? Optional.empty() : Optional.of("tls: private key does not match public key");
  }

  /** Whether what one key signs the other accepts. */
  private static boolean signs(String algorithm, PublicKey open, PrivateKey secret) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(MESSAGE);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(MESSAGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // Keys of different curves.
    }
  }
}
