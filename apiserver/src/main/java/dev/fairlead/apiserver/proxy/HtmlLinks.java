package dev.fairlead.apiserver.proxy;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites the links within one start tag of HTML; pure. */
final class HtmlLinks {
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("a", Set.of("href")),
          Map.entry("applet", Set.of("codebase")),
          Map.entry("area", Set.of("href")),
          Map.entry("audio", Set.of("src")),
          Map.entry("base", Set.of("href")),
          Map.entry("blockquote", Set.of("cite")),
          Map.entry("body", Set.of("background")),
          Map.entry("button", Set.of("formaction")),
          Map.entry("command", Set.of("icon")),
          Map.entry("del", Set.of("cite")),
          Map.entry("embed", Set.of("src")),
          Map.entry("form", Set.of("action")),
          Map.entry("frame", Set.of("longdesc", "src")),
          Map.entry("head", Set.of("profile")),
          Map.entry("html", Set.of("manifest")),
          Map.entry("iframe", Set.of("longdesc", "src")),
          Map.entry("img", Set.of("longdesc", "src", "usemap")),
          Map.entry("input", Set.of("src", "usemap", "formaction")),
          Map.entry("ins", Set.of("cite")),
          Map.entry("link", Set.of("href")),
          Map.entry("object", Set.of("classid", "codebase", "data", "usemap")),
          Map.entry("q", Set.of("cite")),
          Map.entry("script", Set.of("src")),
          Map.entry("source", Set.of("src")),
          Map.entry("video", Set.of("poster", "src")));

  private static final Pattern NAME = Pattern.compile("<([a-zA-Z][^\\s/>]*)");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([^\\s\"'>/=]+)(\\s*=\\s*)(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))");

  private HtmlLinks() {}

  /** The name of a start tag in lower case; empty when it is none. */
  static String name(String tag) {
    Matcher name = NAME.matcher(tag);
    return name.lookingAt() ? name.group(1).toLowerCase(Locale.ROOT) : "";
  }

  /**
   * The tag with its links rewritten; everything else as it was.
   *
   * @param tag from {@code <} to {@code >}
   */
  static String rewrite(String tag, UnaryOperator<String> link) {
    Set<String> wanted = ATTRIBUTES.get(name(tag));
    if (wanted == null) {
      return tag;
    }
    Matcher each = ATTRIBUTE.matcher(tag);
    StringBuilder rewritten = new StringBuilder(tag.length() + 64);
    int from = 0;
    while (each.find()) {
      if (!wanted.contains(each.group(1).toLowerCase(Locale.ROOT))) {
        continue;
      }
      int value = each.group(3) != null ? 3 : each.group(4) != null ? 4 : 5;
      String before = each.group(value);
      String after = escape(link.apply(unescape(before)));
      rewritten.append(tag, from, each.start(value));
      rewritten.append(after.equals(escape(unescape(before))) ? before : after);
      from = each.end(value);
    }
    return rewritten.append(tag, from, tag.length()).toString();
  }

  private static String unescape(String value) {
    return value.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
  }

  private static String escape(String value) {
    return value.replace("&", "&amp;").replace("\"", "&#34;").replace("'", "&#39;");
  }
}
