package dev.fairlead.kubelet.server;

import dev.fairlead.http.ClientCertificate;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Decides who may use the kubelet's API: members of the group {@code system:masters}. */
final class Callers {
  private static final String GROUP = "system:masters";

  private Callers() {}

  /** What a caller may do. */
  enum Verdict {
    ALLOWED,
    FORBIDDEN,
    UNKNOWN
  }

  static Verdict check(ClientCertificate certificate) {
    return switch (certificate) {
      case ClientCertificate.Verified verified ->
          member(verified.leaf()) ? Verdict.ALLOWED : Verdict.FORBIDDEN;
      case ClientCertificate.None _, ClientCertificate.Refused _ -> Verdict.UNKNOWN;
    };
  }

  /** A certificate's organizations are its user's groups, as in the API server. */
  private static boolean member(X509Certificate certificate) {
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("O") && part.getValue().equals(GROUP)) {
          return true;
        }
      }
      return false;
    } catch (InvalidNameException e) {
      return false; // a name that cannot be read names no member
    }
  }
}
