package dev.fairlead.apiserver.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void anAuthorityIsMadeOnceAndFoundAgain() throws Exception {
    Path home = folder.resolve("pki");
    CertificateAuthority made = CertificateAuthority.loadOrCreate(home, CLOCK);
    CertificateAuthority found = CertificateAuthority.loadOrCreate(home, CLOCK);
    assertThat(found.certificate()).isEqualTo(made.certificate());
    X509Certificate issued = found.issueClient("ann", List.of()).certificate();
    assertThatCode(() -> issued.verify(made.certificate().getPublicKey()))
        .doesNotThrowAnyException();
    assertThat(permissions(home)).isEqualTo("rwx------");
    assertThat(permissions(home.resolve("ca.key"))).isEqualTo("rw-------");
  }

  @Test
  void filesThatHoldNoAuthorityAreNotOverwritten() throws Exception {
    Files.writeString(folder.resolve("ca.crt"), "nonsense");
    Files.writeString(folder.resolve("ca.key"), "nonsense");
    assertThatThrownBy(() -> CertificateAuthority.loadOrCreate(folder, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("remove both to make a new one");
    assertThat(folder.resolve("ca.key")).hasContent("nonsense");
  }

  @Test
  void aServerCertificateSaysWhereItServes() throws Exception {
    CertificateAuthority authority = CertificateAuthority.create(CLOCK);
    X509Certificate issued =
        authority.issueServer("api", List.of("localhost"), List.of("127.0.0.1")).certificate();
    assertThat(issued.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    assertThat(issued.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(issued.getBasicConstraints()).isEqualTo(-1);
    assertThat(issued.getNotBefore()).isBefore(NOW);
    assertThat(issued.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(365)));
  }

  @Test
  void aClientCertificateNamesUserAndGroups() throws Exception {
    Issued issued = CertificateAuthority.create(CLOCK).issueClient("ann", List.of("staff"));
    assertThat(issued.certificate().getSubjectX500Principal().getName())
        .contains("CN=ann", "O=staff");
    assertThat(issued.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(Pem.certificate(issued.certificatePem())).isEqualTo(issued.certificate());
    assertThat(Pem.privateKey(issued.keyPem())).isEqualTo(issued.key());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
