package dev.fairlead.kuard;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * What {@code resolv.conf(5)} says.
 *
 * @param search domains that are tried after a name
 * @param ndots a name with at least so many dots is tried as it is first
 */
record ResolvConf(List<InetAddress> servers, List<String> search, int ndots) {

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  static ResolvConf read(Path file) {
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static ResolvConf parse(List<String> lines) {
    List<InetAddress> servers = new ArrayList<>();
    List<String> search = new ArrayList<>();
    int ndots = 1;
    for (String line : lines) {
      StringTokenizer words = new StringTokenizer(line);
      switch (words.hasMoreTokens() ? words.nextToken() : "") {
        case "nameserver" ->
            servers.addAll(rest(words).stream().map(InetAddress::ofLiteral).toList());
        case "search", "domain" -> {
          search.clear();
          search.addAll(rest(words));
        }
        case "options" -> ndots = ndots(rest(words), ndots);
        default -> {} // comments, and options that only the C library knows
      }
    }
    return new ResolvConf(List.copyOf(servers), List.copyOf(search), ndots);
  }

  private static List<String> rest(StringTokenizer words) {
    List<String> rest = new ArrayList<>();
    while (words.hasMoreTokens()) {
      rest.add(words.nextToken());
    }
    return rest;
  }

  private static int ndots(List<String> options, int otherwise) {
    for (String option : options) {
      if (option.startsWith("ndots:") && option.length() <= 8) {
        return Integer.parseInt(option.substring(6));
      }
    }
    return otherwise;
  }

  /** The full names to try, in order, each with a final dot. */
  List<String> candidates(String name) {
    if (name.isEmpty() || name.endsWith(".")) {
      return List.of(name.isEmpty() ? "." : name);
    }
    List<String> names = new ArrayList<>();
    search.forEach(
        domain -> names.add(name + "." + (domain.endsWith(".") ? domain : domain + ".")));
    boolean first = name.chars().filter(c -> c == '.').count() >= ndots;
    names.add(first ? 0 : names.size(), name + ".");
    return names;
  }
}
