package dev.fairlead.proxy;

import dev.fairlead.linux.Nftables;
import dev.fairlead.linux.NftablesException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands the words that the proxy uses, and refuses what the kernel would refuse: an element
 * that is added twice with another value or deleted when absent, a jump to a chain that is not
 * there, an unknown set. A refused transaction changes nothing.
 */
final class FakeNftables implements Nftables {
  private static final Pattern CONTAINER = Pattern.compile("^  (?:map|set) (\\S+) \\{$");
  private static final Pattern CHAIN = Pattern.compile("^  chain (\\S+) \\{$");
  private static final Pattern ELEMENTS =
      Pattern.compile("(add|delete) element ip fairlead (\\S+) \\{ (.*) \\}");
  private static final Pattern NEW_CHAIN = Pattern.compile("add chain ip fairlead (\\S+)");
  private static final Pattern COMMENT = Pattern.compile(" comment \"[^\"]*\"");

  private Map<String, Map<String, String>> containers = new HashMap<>();
  private Set<String> chains = new HashSet<>();
  private int refusals;
  final List<String> transactions = new ArrayList<>();

  /** Refuses the next transactions whatever they say. */
  void refuse(int times) {
    refusals = times;
  }

  Map<String, String> elements(Container container) {
    return containers.getOrDefault(container.nftName(), Map.of());
  }

  @Override
  public String run(String commands) {
    if (refusals-- > 0) {
      throw new NftablesException("Error: Could not process rule: Device or resource busy");
    }
    Map<String, Map<String, String>> containersBefore = new HashMap<>();
    containers.forEach((name, elements) -> containersBefore.put(name, new TreeMap<>(elements)));
    Set<String> chainsBefore = new HashSet<>(chains);
    try {
      commands.lines().forEach(this::line);
      transactions.add(commands);
      return "";
    } catch (NftablesException e) {
      containers = containersBefore;
      chains = chainsBefore;
      throw e;
    }
  }

  private void line(String line) {
    if (line.equals("delete table ip fairlead")) {
      containers.clear();
      chains.clear();
    }
    match(CONTAINER, line, matcher -> containers.put(matcher.group(1), new TreeMap<>()));
    match(CHAIN, line, matcher -> chains.add(matcher.group(1)));
    match(NEW_CHAIN, line, matcher -> chains.add(matcher.group(1)));
    match(
        ELEMENTS,
        line,
        matcher -> elements(matcher.group(1), matcher.group(2), matcher.group(3).split(", ")));
  }

  private static void match(
      Pattern pattern, String line, java.util.function.Consumer<Matcher> action) {
    Matcher matcher = pattern.matcher(line);
    if (matcher.matches()) {
      action.accept(matcher);
    }
  }

  private void elements(String verb, String name, String[] elements) {
    Map<String, String> container = containers.get(name);
    check(container != null, "No such file or directory: set " + name);
    for (String element : elements) {
      String[] parts = COMMENT.matcher(element).replaceAll("").split(" : ");
      if (verb.equals("delete")) {
        check(container.remove(parts[0]) != null, "No such file or directory: " + element);
      } else {
        add(container, parts[0], parts.length > 1 ? parts[1] : "");
      }
    }
  }

  private void add(Map<String, String> container, String key, String value) {
    if (value.startsWith("goto ")) {
      check(chains.contains(value.substring(5)), "No such file or directory: chain " + value);
    }
    String old = container.putIfAbsent(key, value);
    check(old == null || old.equals(value), "File exists: " + key);
  }

  private static void check(boolean good, String error) {
    if (!good) {
      throw new NftablesException("Error: Could not process rule: " + error);
    }
  }

  @Override
  public void close() {}
}
