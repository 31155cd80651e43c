package dev.fairlead.proxy;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.proxy.Element.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who wants what in the kernel. Two services may want the same element: pods behind both, or an
 * external address given to both. The one whose name sorts first has it, the other waits; so the
 * result does not depend on who came first. Used by one thread.
 */
final class Ledger {
  private record Claim(String owner, Value value) {}

  private final Map<Element, Claim> holders = new HashMap<>();
  private final Map<Element, NavigableMap<String, Value>> waiting = new HashMap<>();

  /** What the kernel held for each element touched since {@link #takeTouched}; null is nothing. */
  private Map<Element, @Nullable Value> touched = new LinkedHashMap<>();

  void replace(ObjectKey service, ServicePlan before, ServicePlan after) {
    String owner = service.toString();
    for (Element element : before.elements().keySet()) {
      if (!after.elements().containsKey(element)) {
        touch(element);
        release(element, owner);
      }
    }
    after
        .elements()
        .forEach((element, value) -> {
          if (!value.equals(before.elements().get(element))) {
            touch(element);
            claim(element, owner, value);
          }
        });
  }

  @Nullable Value value(Element element) {
    Claim holder = holders.get(element);
    return holder == null ? null : holder.value();
  }

  /** The elements that may have changed, with what they were. */
  Map<Element, @Nullable Value> takeTouched() {
    Map<Element, @Nullable Value> taken = touched;
    touched = new LinkedHashMap<>();
    return taken;
  }

  int size() {
    return holders.size();
  }

  void clear() {
    holders.clear();
    waiting.clear();
    touched.clear();
  }

  private void touch(Element element) {
    if (!touched.containsKey(element)) {
      touched.put(element, value(element));
    }
  }

  private void claim(Element element, String owner, Value value) {
    Claim holder = holders.get(element);
    if (holder == null || holder.owner().equals(owner)) {
      holders.put(element, new Claim(owner, value));
      return;
    }
    if (owner.compareTo(holder.owner()) > 0) {
      queue(element).put(owner, value);
      return;
    }
    queue(element).put(holder.owner(), holder.value());
    queue(element).remove(owner);
    holders.put(element, new Claim(owner, value));
  }

  private NavigableMap<String, Value> queue(Element element) {
    return waiting.computeIfAbsent(element, key -> new TreeMap<>());
  }

  private void release(Element element, String owner) {
    Claim holder = holders.get(element);
    NavigableMap<String, Value> queue = waiting.get(element);
    if (holder != null && holder.owner().equals(owner)) {
      holders.remove(element);
      Map.Entry<String, Value> next = queue == null ? null : queue.pollFirstEntry();
      if (next != null) {
        holders.put(element, new Claim(next.getKey(), next.getValue()));
      }
    } else if (queue != null) {
      queue.remove(owner);
    }
    if (queue != null && queue.isEmpty()) {
      waiting.remove(element);
    }
  }
}
