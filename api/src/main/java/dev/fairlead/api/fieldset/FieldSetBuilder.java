package dev.fairlead.api.fieldset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the members of one level of a {@link FieldSet}, in any order. Not for many threads. */
public final class FieldSetBuilder {
  private final List<FieldSet.Entry> entries = new ArrayList<>();

  /** Adds what is known of an element: whether it is a member, and what is below it. */
  public void add(PathElement element, boolean member, FieldSet children) {
    if (member || !children.isEmpty()) {
      entries.add(new FieldSet.Entry(element, member, children));
    }
  }

  /** Adds a member without anything below it. */
  public void add(PathElement element) {
    add(element, true, FieldSet.EMPTY);
  }

  /** The set of all that was added. */
  public FieldSet build() {
    if (entries.isEmpty()) {
      return FieldSet.EMPTY;
    }
    entries.sort(Comparator.comparing(FieldSet.Entry::element));
    List<FieldSet.Entry> once = new ArrayList<>(entries.size());
    FieldSet.@Nullable Entry last = null;
    for (FieldSet.Entry each : entries) {
      if (last != null && last.element().compareTo(each.element()) == 0) {
        last =
            new FieldSet.Entry(
                last.element(),
                last.member() || each.member(),
                last.children().union(each.children()));
        once.set(once.size() - 1, last);
      } else {
        last = each;
        once.add(each);
      }
    }
    return new FieldSet(once);
  }
}
