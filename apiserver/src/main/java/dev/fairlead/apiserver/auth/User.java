package dev.fairlead.apiserver.auth;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who asks.
 *
 * @param uid empty for users that are no objects
 * @param groups with {@code system:authenticated} or {@code system:unauthenticated}
 * @param extra what else the credentials say
 */
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  private static final String SYSTEM = "system:";
  private static final String NODE = "system:node:";
  private static final String AUTHENTICATED = "system:authenticated";

  /** Nobody in particular. */
  public static final User ANONYMOUS =
      new User("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

  public User {
    groups = List.copyOf(groups);
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
  }

  /** An authenticated user; {@code system:authenticated} is added to the groups. */
  public static User authenticated(String name, List<String> groups) {
    return authenticated(name, "", groups, Map.of());
  }

  /** The same with what its credentials say besides. */
  public static User authenticated(
      String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    List<String> all = new ArrayList<>(groups);
    if (!all.contains(AUTHENTICATED)) {
      all.add(AUTHENTICATED);
    }
    return new User(name, uid, all, extra);
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
