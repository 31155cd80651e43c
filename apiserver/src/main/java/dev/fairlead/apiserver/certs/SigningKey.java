package dev.fairlead.apiserver.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;

/**
 * The key that the cluster signs its service accounts' tokens with: EC P-256.
 *
 * @param publicKey verifies
 * @param privateKey signs
 */
public record SigningKey(ECPublicKey publicKey, ECPrivateKey privateKey) {

  /**
   * The key kept in {@code sa.key} and {@code sa.pub} of this folder; made when both are missing.
   *
   * @throws IOException when the files cannot be read or written, or hold no key
   */
  public static SigningKey loadOrCreate(Path folder) throws IOException {
    Path privateFile = folder.resolve("sa.key");
    Path publicFile = folder.resolve("sa.pub");
    if (!Files.exists(privateFile) && !Files.exists(publicFile)) {
      SigningKey made = create();
      PrivateFiles.write(privateFile, Pem.of(made.privateKey));
      PrivateFiles.write(publicFile, Pem.of(made.publicKey));
      return made;
    }
    try {
      return new SigningKey(
          (ECPublicKey) Pem.publicKey(Files.readString(publicFile)),
          (ECPrivateKey) Pem.privateKey(Files.readString(privateFile)));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and sa.pub beside it are not a key pair: %s; remove both to make a new one"
              .formatted(privateFile, e.getMessage()),
          e);
    }
  }

  /** A key in memory only. */
  public static SigningKey create() {
    KeyPair pair = Keys.generate();
    return new SigningKey((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
  }
}
