package dev.fairlead.proxy;

import dev.fairlead.proxy.Element.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The difference between what the kernel holds and what it should hold.
 *
 * @param deletes elements that go, or that come back with another value
 * @param adds elements that come
 * @param chains verdict chains that the adds go to
 */
record Transaction(
    Map<Container, List<String>> deletes, Map<Container, List<String>> adds, Set<String> chains) {
  private static final int ELEMENTS_PER_LINE = 1000;

  /** The touched elements of a ledger against what they were. */
  static Transaction of(Map<Element, @Nullable Value> before, Ledger after) {
    Map<Container, List<String>> deletes = new EnumMap<>(Container.class);
    Map<Container, List<String>> adds = new EnumMap<>(Container.class);
    Set<String> chains = new LinkedHashSet<>();
    before.forEach((element, old) -> {
      Value now = after.value(element);
      if (old != null && now != null && old.means(now)) {
        return;
      }
      if (old != null) {
        list(deletes, element).add(element.key());
      }
      if (now != null) {
        list(adds, element).add(text(element, now));
        chain(now, chains);
      }
    });
    return new Transaction(deletes, adds, chains);
  }

  private static List<String> list(Map<Container, List<String>> lists, Element element) {
    return lists.computeIfAbsent(element.container(), container -> new ArrayList<>());
  }

  private static String text(Element element, Value value) {
    String comment = value.comment().isEmpty() ? "" : " comment \"" + value.comment() + "\"";
    String data = element.container().isMap() ? " : " + value.data() : "";
    return element.key() + comment + data;
  }

  private static void chain(Value value, Set<String> chains) {
    String data = value.data();
    if (data.startsWith("goto ") && !data.equals("goto refuse")) {
      chains.add(data.substring("goto ".length()));
    }
  }

  boolean isEmpty() {
    return deletes.isEmpty() && adds.isEmpty();
  }

  /** How many elements are deleted and added. */
  int size() {
    return count(deletes) + count(adds);
  }

  private static int count(Map<Container, List<String>> lists) {
    return lists.values().stream().mapToInt(List::size).sum();
  }

  /** In nft's language; deletes come first, so that a changed element is replaced. */
  String text() {
    StringBuilder text = new StringBuilder(64 + 48 * size());
    write(text, "delete", deletes);
    write(text, "add", adds);
    return text.toString();
  }

  private static void write(StringBuilder text, String verb, Map<Container, List<String>> lists) {
    lists.forEach((container, elements) -> {
      for (int from = 0; from < elements.size(); from += ELEMENTS_PER_LINE) {
        int to = Math.min(from + ELEMENTS_PER_LINE, elements.size());
        text.append(verb).append(" element ").append(Ruleset.TABLE).append(' ');
        text.append(container.nftName()).append(" { ");
        text.append(String.join(", ", elements.subList(from, to))).append(" }\n");
      }
    });
  }
}
