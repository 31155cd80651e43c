package dev.fairlead.api.fieldset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of fields of an object: a tree of path elements, some of which are members. A member says
 * nothing about what is above or below it. Immutable; two sets are equal when they have the same
 * members.
 */
public final class FieldSet {
  /** No field. */
  public static final FieldSet EMPTY = new FieldSet(List.of());

  private final Entry[] entries;

  /**
   * One path element of a set.
   *
   * @param member whether the field itself is in the set
   * @param children what is in the set below it; may be empty
   */
  record Entry(PathElement element, boolean member, FieldSet children) {
    private boolean isEmpty() {
      return !member && children.isEmpty();
    }
  }

  /**
   * A set of these entries.
   *
   * @param entries sorted by element, each element once, none empty
   */
  FieldSet(List<Entry> entries) {
    this.entries = entries.toArray(Entry[]::new);
  }

  /** The set of one field, for example {@code of("spec", "replicas")}. */
  public static FieldSet of(String... names) {
    FieldSet set = EMPTY;
    for (int i = names.length - 1; i >= 0; i--) {
      set =
          new FieldSet(
              List.of(new Entry(new PathElement.Name(names[i]), i == names.length - 1, set)));
    }
    return set;
  }

  List<Entry> entries() {
    return Arrays.asList(entries);
  }

  /** Sees one level of a set. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Sees one path element.
     *
     * @param member whether the field itself is in the set
     * @param children what is in the set below it; may be empty
     */
    void visit(PathElement element, boolean member, FieldSet children);
  }

  /** Shows each path element of the uppermost level, in order. */
  public void forEach(Visitor visitor) {
    for (Entry each : entries) {
      visitor.visit(each.element(), each.member(), each.children());
    }
  }

  /** Whether no field is in the set. */
  public boolean isEmpty() {
    return entries.length == 0;
  }

  /** Whether this field is in the set. */
  public boolean has(PathElement element) {
    Entry found = find(element);
    return found != null && found.member();
  }

  /** Whether the field at the end of these names is in the set. */
  public boolean has(String... names) {
    FieldSet set = this;
    for (int i = 0; i < names.length - 1; i++) {
      set = set.below(new PathElement.Name(names[i]));
    }
    return set.has(new PathElement.Name(names[names.length - 1]));
  }

  /** What is in the set below this element; empty when nothing is. */
  public FieldSet below(PathElement element) {
    Entry found = find(element);
    return found == null ? EMPTY : found.children();
  }

  /** The fields that are in either. */
  public FieldSet union(FieldSet other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty() ? this : zip(other, FieldSet::joined);
  }

  /** The fields that are in both. */
  public FieldSet intersection(FieldSet other) {
    return isEmpty() || other.isEmpty() ? EMPTY : zip(other, FieldSet::common);
  }

  /** The fields that are in this set and not in the other. */
  public FieldSet difference(FieldSet other) {
    return isEmpty() || other.isEmpty() ? this : zip(other, FieldSet::rest);
  }

  /** The same, and without all that is below a field of the other set. */
  public FieldSet differenceWithChildren(FieldSet other) {
    return isEmpty() || other.isEmpty() ? this : zip(other, FieldSet::restOfTree);
  }

  /** The paths of all members as messages write them: members of a level before its children. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect("", paths);
    return paths;
  }

  /** The members whose paths, as messages write them, pass the test. */
  public FieldSet filter(Predicate<String> test) {
    return filter("", test);
  }

  private FieldSet filter(String prefix, Predicate<String> test) {
    List<Entry> kept = new ArrayList<>(entries.length);
    for (Entry each : entries) {
      String path = prefix + each.element();
      boolean member = each.member() && test.test(path);
      add(kept, new Entry(each.element(), member, each.children().filter(path, test)));
    }
    return new FieldSet(kept);
  }

  private void collect(String prefix, List<String> paths) {
    for (Entry each : entries) {
      if (each.member()) {
        paths.add(prefix + each.element());
      }
    }
    for (Entry each : entries) {
      each.children().collect(prefix + each.element(), paths);
    }
  }

  private @Nullable Entry find(PathElement element) {
    int low = 0;
    int high = entries.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = entries[middle].element().compareTo(element);
      if (order == 0) {
        return entries[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** What becomes of an element that one or both sets have. */
  @FunctionalInterface
  private interface Rule {
    @Nullable Entry apply(@Nullable Entry left, @Nullable Entry right);
  }

  private FieldSet zip(FieldSet other, Rule rule) {
    List<Entry> result = new ArrayList<>(entries.length + other.entries.length);
    int i = 0;
    int j = 0;
    while (i < entries.length || j < other.entries.length) {
      int order = order(i, other, j);
      Entry left = order <= 0 ? entries[i++] : null;
      Entry right = order >= 0 ? other.entries[j++] : null;
      add(result, rule.apply(left, right));
    }
    return new FieldSet(result);
  }

  private int order(int i, FieldSet other, int j) {
    if (i == entries.length) {
      return 1;
    }
    return j == other.entries.length
        ? -1
        : entries[i].element().compareTo(other.entries[j].element());
  }

  private static void add(List<Entry> entries, @Nullable Entry entry) {
    if (entry != null && !entry.isEmpty()) {
      entries.add(entry);
    }
  }

  private static @Nullable Entry joined(@Nullable Entry left, @Nullable Entry right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return new Entry(
        left.element(), left.member() || right.member(), left.children().union(right.children()));
  }

  private static @Nullable Entry common(@Nullable Entry left, @Nullable Entry right) {
    if (left == null || right == null) {
      return null;
    }
    return new Entry(
        left.element(),
        left.member() && right.member(),
        left.children().intersection(right.children()));
  }

  private static @Nullable Entry rest(@Nullable Entry left, @Nullable Entry right) {
    if (left == null || right == null) {
      return left;
    }
    return new Entry(
        left.element(),
        left.member() && !right.member(),
        left.children().difference(right.children()));
  }

  private static @Nullable Entry restOfTree(@Nullable Entry left, @Nullable Entry right) {
    if (left == null || right == null) {
      return left;
    }
    return right.member()
        ? null
        : new Entry(
            left.element(),
            left.member(),
            left.children().differenceWithChildren(right.children()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof FieldSet that) || entries.length != that.entries.length) {
      return false;
    }
    for (int i = 0; i < entries.length; i++) {
      Entry left = entries[i];
      Entry right = that.entries[i];
      boolean same =
          left.member() == right.member()
              && left.element().compareTo(right.element()) == 0
              && left.children().equals(right.children());
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Numbers that are equal may be written differently, so only names count. */
  @Override
  public int hashCode() {
    int hash = 1;
    for (Entry each : entries) {
      int element = each.element() instanceof PathElement.Name(String name) ? name.hashCode() : 0;
      hash = 31 * (31 * hash + element) + each.children().hashCode();
    }
    return hash;
  }

  /** One path a line. */
  @Override
  public String toString() {
    return String.join("\n", paths());
  }
}
