package dev.fairlead.kubelet.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's users ({@code passwd(5)}). */
public final class Accounts {
  private static final Logger log = LoggerFactory.getLogger(Accounts.class);
  private static final Path PASSWD = Path.of("/etc/passwd");

  private Accounts() {}

  /** The group of a user; null when the machine does not know the user. */
  public static @Nullable Long groupOf(long user) {
    try {
      return groupOf(user, Files.readString(PASSWD));
    } catch (IOException e) {
      log.warn("{}: {}", PASSWD, e.getMessage());
      return null;
    }
  }

  static @Nullable Long groupOf(long user, String passwd) {
    for (String line : passwd.split("\n", -1)) {
      String[] fields = line.split(":", -1);
      if (fields.length > 3
          && fields[2].equals(Long.toString(user))
          && fields[3].matches("\\d{1,10}")) {
        return Long.valueOf(fields[3]);
      }
    }
    return null;
  }
}
