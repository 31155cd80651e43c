package dev.fairlead.discovery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of {@link PersistentMap}. Each level looks at five more bits of the hash. */
sealed interface Trie<K, V> {
  int BITS = 5;

  /** A hash whose low bits are as good as its high bits. */
  static int spread(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  int hash();

  List<Trie<K, V>> children();

  @Nullable V get(int hash, int shift, Object key);

  Trie<K, V> with(int hash, int shift, K key, V value);

  /** Null when nothing is left. */
  @Nullable Trie<K, V> without(int hash, int shift, K key);

  /** One entry. */
  record Leaf<K, V>(int hash, K key, V value) implements Trie<K, V> {
    @Override
    public List<Trie<K, V>> children() {
      return List.of();
    }

    @Override
    public @Nullable V get(int wanted, int shift, Object other) {
      return key.equals(other) ? value : null;
    }

    @Override
    public Trie<K, V> with(int newHash, int shift, K newKey, V newValue) {
      Leaf<K, V> added = new Leaf<>(newHash, newKey, newValue);
      if (key.equals(newKey)) {
        return added;
      }
      return newHash == hash
          ? new Clash<>(hash, List.of(this, added))
          : Branch.of(this, added, shift);
    }

    @Override
    public @Nullable Trie<K, V> without(int wanted, int shift, K other) {
      return key.equals(other) ? null : this;
    }
  }

  /** Entries whose whole hashes are equal. */
  record Clash<K, V>(int hash, List<Leaf<K, V>> leaves) implements Trie<K, V> {
    @Override
    public List<Trie<K, V>> children() {
      return List.copyOf(leaves);
    }

    @Override
    public @Nullable V get(int wanted, int shift, Object key) {
      for (Leaf<K, V> leaf : leaves) {
        if (leaf.key().equals(key)) {
          return leaf.value();
        }
      }
      return null;
    }

    @Override
    public Trie<K, V> with(int newHash, int shift, K key, V value) {
      Leaf<K, V> added = new Leaf<>(newHash, key, value);
      if (newHash != hash) {
        return Branch.of(this, added, shift);
      }
      List<Leaf<K, V>> copy = others(key);
      copy.add(added);
      return new Clash<>(hash, List.copyOf(copy));
    }

    @Override
    public @Nullable Trie<K, V> without(int wanted, int shift, K key) {
      List<Leaf<K, V>> copy = others(key);
      return copy.size() == 1 ? copy.getFirst() : new Clash<>(hash, List.copyOf(copy));
    }

    private List<Leaf<K, V>> others(K key) {
      List<Leaf<K, V>> copy = new ArrayList<>(leaves);
      copy.removeIf(leaf -> leaf.key().equals(key));
      return copy;
    }
  }

  /**
   * Up to 32 children; {@code bitmap} tells which.
   *
   * @param hash unused; a branch has many
   */
  record Branch<K, V>(int hash, int bitmap, List<Trie<K, V>> children) implements Trie<K, V> {
    static <K, V> Trie<K, V> of(Trie<K, V> one, Leaf<K, V> other, int shift) {
      Branch<K, V> single = new Branch<>(0, bit(one.hash(), shift), List.of(one));
      return single.with(other.hash(), shift, other.key(), other.value());
    }

    @Override
    public @Nullable V get(int wanted, int shift, Object key) {
      int bit = bit(wanted, shift);
      return (bitmap & bit) == 0 ? null : children.get(index(bit)).get(wanted, shift + BITS, key);
    }

    @Override
    public Trie<K, V> with(int newHash, int shift, K key, V value) {
      int bit = bit(newHash, shift);
      List<Trie<K, V>> copy = new ArrayList<>(children);
      if ((bitmap & bit) == 0) {
        copy.add(index(bit), new Leaf<>(newHash, key, value));
      } else {
        copy.set(index(bit), copy.get(index(bit)).with(newHash, shift + BITS, key, value));
      }
      return new Branch<>(0, bitmap | bit, List.copyOf(copy));
    }

    @Override
    public @Nullable Trie<K, V> without(int wanted, int shift, K key) {
      int bit = bit(wanted, shift);
      if ((bitmap & bit) == 0) {
        return this;
      }
      List<Trie<K, V>> copy = new ArrayList<>(children);
      Trie<K, V> left = copy.get(index(bit)).without(wanted, shift + BITS, key);
      if (left != null) {
        copy.set(index(bit), left);
        return new Branch<>(0, bitmap, List.copyOf(copy));
      }
      copy.remove(index(bit));
      return copy.isEmpty() ? null : new Branch<>(0, bitmap & ~bit, List.copyOf(copy));
    }

    private static int bit(int hash, int shift) {
      return 1 << (hash >>> shift & 31);
    }

    private int index(int bit) {
      return Integer.bitCount(bitmap & (bit - 1));
    }
  }
}
