package dev.fairlead.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document whose {@code console} blocks are run. A block holds lines {@code $ command}, each
 * followed by what it prints; a line that ends in a backslash and a here-document belong to the
 * command. {@code console terminal=2} is another terminal; its last command keeps running until a
 * line {@code ^C}, and a later block of that terminal without a command shows what it has printed
 * since. A block with {@code file=NAME} is saved under that name. One with {@code since=1.26} or
 * {@code until=1.25} is for these versions of kubectl.
 */
record Walkthrough(List<Block> blocks) {
  private static final Pattern FENCE = Pattern.compile("```(\\w+)((?: \\w+=[\\w.-]+)*)");
  private static final Pattern HERE = Pattern.compile("<<-?'?(\\w+)'?");

  /**
   * @param line its first line in the document
   * @param terminal 1 unless said
   * @param file the name it is saved under; then it has no steps
   * @param content all its lines
   * @param steps what is done in it
   * @param versions of kubectl that it is for
   */
  record Block(
      int line,
      int terminal,
      @Nullable String file,
      String content,
      List<Step> steps,
      Versions versions) {}

  /** Minor versions of kubectl, from the first to the last. */
  record Versions(int since, int until) {
    static final Versions ANY = new Versions(0, Integer.MAX_VALUE);

    /** As a fence's options say: {@code since=1.26 until=1.30}. */
    static Versions of(String options) {
      return new Versions(
          minor(option(options, "since"), ANY.since), minor(option(options, "until"), ANY.until));
    }

    private static int minor(@Nullable String version, int otherwise) {
      return version == null ? otherwise : Integer.parseInt(version.replaceFirst("1\\.", ""));
    }

    /** Whether kubectl 1.{@code minor} is one of them. */
    boolean contains(int minor) {
      return since <= minor && minor <= until;
    }
  }

  /**
   * @param line of the command in the document
   * @param command null: more of what the running command prints
   * @param expected the lines that it prints; empty: no matter
   * @param interrupted whether it is ended by {@code ^C}
   */
  record Step(int line, @Nullable String command, List<String> expected, boolean interrupted) {}

  static Walkthrough parse(List<String> document) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      Matcher fence = FENCE.matcher(document.get(i));
      if (!fence.matches()) {
        continue;
      }
      int first = i + 1;
      int end = first;
      while (!document.get(end).equals("```")) {
        end++;
      }
      List<String> lines = document.subList(first, end);
      String file = option(fence.group(2), "file");
      String terminal = option(fence.group(2), "terminal");
      boolean console = fence.group(1).equals("console");
      if (console || file != null) {
        blocks.add(
            new Block(
                first + 1,
                terminal == null ? 1 : Integer.parseInt(terminal),
                file,
                String.join("\n", lines) + "\n",
                console ? steps(lines, first + 1) : List.of(),
                Versions.of(fence.group(2))));
      }
      i = end;
    }
    return new Walkthrough(List.copyOf(blocks));
  }

  private static @Nullable String option(String options, String name) {
    Matcher option = Pattern.compile(" " + name + "=(\\S+)").matcher(options);
    return option.find() ? option.group(1) : null;
  }

  private static List<Step> steps(List<String> lines, int firstLine) {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      int start = at;
      String command = null;
      if (lines.get(at).startsWith("$ ")) {
        int end = commandEnd(lines, at);
        command = String.join("\n", lines.subList(at, end)).substring(2);
        at = end;
      }
      List<String> expected = new ArrayList<>();
      boolean interrupted = false;
      while (at < lines.size() && !lines.get(at).startsWith("$ ")) {
        if (lines.get(at).equals("^C")) {
          interrupted = true;
        } else {
          expected.add(lines.get(at));
        }
        at++;
      }
      steps.add(new Step(firstLine + start, command, List.copyOf(expected), interrupted));
    }
    return List.copyOf(steps);
  }

  /** The line after a command's last: continued lines, then its here-document. */
  private static int commandEnd(List<String> lines, int start) {
    int at = start;
    while (lines.get(at).endsWith("\\")) {
      at++;
    }
    Matcher here = HERE.matcher(lines.get(at));
    if (here.find()) {
      while (!lines.get(at).equals(here.group(1))) {
        at++;
      }
    }
    return at + 1;
  }
}
