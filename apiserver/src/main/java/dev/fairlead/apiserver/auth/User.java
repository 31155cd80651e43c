package dev.fairlead.apiserver.auth;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who asks.
 *
 * @param groups with {@code system:authenticated} or {@code system:unauthenticated}
 */
public record User(String name, List<String> groups) {
  private static final String SYSTEM = "system:";
  private static final String NODE = "system:node:";
  private static final String AUTHENTICATED = "system:authenticated";

  /** Nobody in particular. */
  public static final User ANONYMOUS =
      new User("system:anonymous", List.of("system:unauthenticated"));

  public User {
    groups = List.copyOf(groups);
  }

  /** An authenticated user; {@code system:authenticated} is added to the groups. */
  public static User authenticated(String name, List<String> groups) {
    List<String> all = new ArrayList<>(groups);
    if (!all.contains(AUTHENTICATED)) {
      all.add(AUTHENTICATED);
    }
    return new User(name, all);
  }

  /**
   * The user that a verified client certificate names: its common name, in the groups that its
   * organizations name. Without a certificate, or without a common name: anonymous.
   */
  public static User of(List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return ANONYMOUS;
    }
    try {
      String name = "";
      List<String> groups = new ArrayList<>();
      LdapName subject = new LdapName(chain.getFirst().getSubjectX500Principal().getName());
      for (Rdn rdn : subject.getRdns()) {
        switch (rdn.getType().toUpperCase(Locale.ROOT)) {
          case "CN" -> name = String.valueOf(rdn.getValue());
          case "O" -> groups.add(String.valueOf(rdn.getValue()));
          default -> {} // Other parts of a name say nothing about who may do what.
        }
      }
      return name.isEmpty() ? ANONYMOUS : authenticated(name, groups);
    } catch (InvalidNameException e) {
      return ANONYMOUS; // A name that cannot be read names nobody.
    }
  }

  /**
   * The component behind the user, as its requests would name it over HTTP: {@code
   * kube-controller-manager} of {@code system:kube-controller-manager}, {@code kubelet} of a node.
   */
  public String component() {
    return name.startsWith(NODE)
        ? "kubelet"
        : name.startsWith(SYSTEM) ? name.substring(SYSTEM.length()) : name;
  }

  /** Whether this is anybody in particular. */
  public boolean isAuthenticated() {
    return groups.contains(AUTHENTICATED);
  }
}
