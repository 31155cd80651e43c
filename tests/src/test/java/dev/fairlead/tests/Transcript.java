package dev.fairlead.tests;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what a command printed with what a document shows. Blanks may be more or fewer; ages,
 * times, the endings of pods' names, pods' addresses and the node they landed on differ from run to
 * run, {@code …} stands for any text and, on a line of its own, for any lines. A Service's address
 * or node port differs too, but is the same one wherever the document shows the same.
 */
final class Transcript {
  private static final String ENDING = "[bcdfghjklmnpqrstvwxz2456789]{5}";
  private static final Pattern VARYING =
      Pattern.compile(
          String.join(
              "|",
              "(?<any>…)",
              "(?<fixed>10\\.115\\.240\\.10?(?!\\d))",
              "(?<bound>10\\.115\\.\\d+\\.\\d+|\\b3[0-2]\\d{3}\\b)",
              "(?<pod>10\\.112\\.\\d+\\.\\d+)",
              "(?<time>\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z)",
              "(?<age>\\b\\d+[smhd](?:\\d+[smh])?\\b)",
              "(?<name>-[0-9a-z]{8,10}-" + ENDING + "\\b)",
              "(?<hash>(?<=hash=)[0-9a-z]{8,10}|(?<=-prod-)[0-9a-z]{8,10}\\b)",
              "(?<node>\\bnode-\\d\\b)",
              "(?<number>(?<=id: )\\d+)",
              "(?<blank>[ \\t]+)"));

  private final Map<String, String> known = new HashMap<>();

  /** Whether the output is this; if so, remembers the addresses that it saw for the first time. */
  boolean matches(List<String> expected, String output, boolean more) {
    Map<String, String> fresh = new LinkedHashMap<>();
    StringBuilder pattern = new StringBuilder();
    for (String line : strip(expected)) {
      pattern.append(
          line.strip().equals("…") ? "(?:[^\\n]*\\n)*?" : line(line, fresh) + "[ \\t]*\\n");
    }
    pattern.append(more ? "(?s:.*)" : "\\s*");
    Matcher matcher = Pattern.compile(pattern.toString()).matcher(output.stripTrailing() + "\n");
    if (!matcher.matches()) {
      return false;
    }
    fresh.forEach((shown, group) -> known.put(shown, matcher.group(group)));
    return true;
  }

  private String line(String line, Map<String, String> fresh) {
    StringBuilder pattern = new StringBuilder();
    Matcher varying = VARYING.matcher(line.stripTrailing());
    int end = 0;
    while (varying.find()) {
      pattern.append(Pattern.quote(line.substring(end, varying.start())));
      pattern.append(
          varying.group("bound") == null ? free(varying) : bound(varying.group(), fresh));
      end = varying.end();
    }
    return pattern.append(Pattern.quote(line.stripTrailing().substring(end))).toString();
  }

  private static String free(Matcher varying) {
    Map<String, String> patterns =
        Map.of(
            "any", "[^\\n]*?",
            "pod", "10\\.112\\.\\d+\\.\\d+",
            "time", "\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z",
            "age", "\\d+[smhd](?:\\d+[smh])?",
            "name", "-[0-9a-z]{5,10}-[0-9a-z]{5}",
            "hash", "[0-9a-z]{5,10}",
            "node", "node-\\d",
            "number", "\\d+",
            "blank", "[ \\t]+");
    return patterns.entrySet().stream()
        .filter(kind -> varying.group(kind.getKey()) != null)
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Pattern.quote(varying.group()));
  }

  private String bound(String shown, Map<String, String> fresh) {
    if (known.containsKey(shown)) {
      return Pattern.quote(known.get(shown));
    }
    if (fresh.containsKey(shown)) {
      return "\\k<" + fresh.get(shown) + ">";
    }
    String group = "bound" + fresh.size();
    fresh.put(shown, group);
    String kind = shown.contains(".") ? "10\\.115\\.\\d+\\.\\d+" : "3[0-2]\\d{3}";
    return "(?<" + group + ">" + kind + ")";
  }

  /** Without blank lines at the end. */
  private static List<String> strip(List<String> lines) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isBlank()) {
      end--;
    }
    return lines.subList(0, end);
  }
}
