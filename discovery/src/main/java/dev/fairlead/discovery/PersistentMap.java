package dev.fairlead.discovery;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose changed copies share all but one path with the original (a hash array
 * mapped trie, 32-way). One change among 10,000 entries copies about three small arrays.
 */
final class PersistentMap<K, V> extends AbstractMap<K, V> {
  private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(null, 0);

  private final @Nullable Trie<K, V> root;
  private final int size;

  private PersistentMap(@Nullable Trie<K, V> root, int size) {
    this.root = root;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // it holds no key and no value
  static <K, V> PersistentMap<K, V> empty() {
    return (PersistentMap<K, V>) EMPTY;
  }

  /** A copy in which {@code key} has {@code value}. */
  PersistentMap<K, V> with(K key, V value) {
    Trie<K, V> leaf = new Trie.Leaf<>(Trie.spread(key), key, value);
    if (root == null) {
      return new PersistentMap<>(leaf, 1);
    }
    return new PersistentMap<>(
        root.with(leaf.hash(), 0, key, value), size + (get(key) == null ? 1 : 0));
  }

  /** A copy without {@code key}; this map when it has none. */
  PersistentMap<K, V> without(K key) {
    if (root == null || get(key) == null) {
      return this;
    }
    return size == 1
        ? empty()
        : new PersistentMap<>(root.without(Trie.spread(key), 0, key), size - 1);
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    return root == null || key == null ? null : root.get(Trie.spread(key), 0, key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<K, V>> iterator() {
        return new Walk<>(root);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private static final class Walk<K, V> implements Iterator<Entry<K, V>> {
    private final Deque<Trie<K, V>> waiting = new ArrayDeque<>();

    Walk(@Nullable Trie<K, V> root) {
      if (root != null) {
        waiting.push(root);
      }
    }

    @Override
    public boolean hasNext() {
      return !waiting.isEmpty();
    }

    @Override
    public Entry<K, V> next() {
      while (!waiting.isEmpty()) {
        Trie<K, V> node = waiting.pop();
        if (node instanceof Trie.Leaf<K, V> leaf) {
          return Map.entry(Objects.requireNonNull(leaf.key()), leaf.value());
        }
        node.children().forEach(waiting::push);
      }
      throw new NoSuchElementException();
    }
  }
}
