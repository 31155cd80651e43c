package dev.fairlead.apiserver.watch;

import dev.fairlead.api.Document;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Documents by their storage keys, in order. It never changes: a changed copy shares all but one
 * path with the original. So what a type holds at a revision can be kept for those who read on
 * later, at the cost of what was changed since.
 *
 * <p>A weight-balanced tree: each node knows how many there are below it, so what lies between two
 * keys is counted on two walks down. Neither side of a node outweighs the other by more than {@link
 * #DELTA}; which rotation mends that is told by {@link #RATIO} (Hirai and Yamamoto, "Balancing
 * weight-balanced trees", prove this pair).
 */
final class DocumentTree {
  /** Without a document. */
  static final DocumentTree EMPTY = new DocumentTree(null);

  private static final int DELTA = 3;
  private static final int RATIO = 2;

  private final @Nullable Node root;

  private DocumentTree(@Nullable Node root) {
    this.root = root;
  }

  private record Node(
      String key, Document document, @Nullable Node left, @Nullable Node right, int size) {
    static Node of(String key, Document document, @Nullable Node left, @Nullable Node right) {
      return new Node(
          key, document, left, right, DocumentTree.size(left) + DocumentTree.size(right) + 1);
    }

    /** The same document above others. */
    Node above(@Nullable Node below, @Nullable Node after) {
      return of(key, document, below, after);
    }
  }

  int size() {
    return size(root);
  }

  /** The document of a key; null when there is none. */
  @Nullable Document get(String key) {
    Node node = root;
    while (node != null) {
      int order = key.compareTo(node.key);
      if (order == 0) {
        return node.document;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  /** A copy in which {@code key} has {@code document}. */
  DocumentTree with(String key, Document document) {
    return new DocumentTree(put(root, key, document));
  }

  /** A copy without {@code key}; this tree when it has none. */
  DocumentTree without(String key) {
    return get(key) == null ? this : new DocumentTree(remove(root, key));
  }

  /** How many keys there are in a range. */
  int count(KeyRange range) {
    return Math.max(0, rank(range.end()) - rank(range.start()));
  }

  /** The documents of a range, in the order of their keys. */
  Iterator<Document> walk(KeyRange range) {
    return new Walk(root, range);
  }

  /** How many keys come before this one. */
  private int rank(String key) {
    int before = 0;
    Node node = root;
    while (node != null) {
      if (key.compareTo(node.key) <= 0) {
        node = node.left;
      } else {
        before += size(node.left) + 1;
        node = node.right;
      }
    }
    return before;
  }

  private static int size(@Nullable Node node) {
    return node == null ? 0 : node.size;
  }

  private static Node put(@Nullable Node node, String key, Document document) {
    if (node == null) {
      return Node.of(key, document, null, null);
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return Node.of(key, document, node.left, node.right);
    }
    return order < 0
        ? balanced(node, put(node.left, key, document), node.right)
        : balanced(node, node.left, put(node.right, key, document));
  }

  private static @Nullable Node remove(@Nullable Node node, String key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return joined(node.left, node.right);
    }
    return order < 0
        ? balanced(node, remove(node.left, key), node.right)
        : balanced(node, node.left, remove(node.right, key));
  }

  /** Both sides of a node that goes: the heavier one gives the node that takes its place. */
  private static @Nullable Node joined(@Nullable Node left, @Nullable Node right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    if (left.size > right.size) {
      Node last = left;
      while (last.right != null) {
        last = last.right;
      }
      return balanced(last, remove(left, last.key), right);
    }
    Node first = right;
    while (first.left != null) {
      first = first.left;
    }
    return balanced(first, left, remove(right, first.key));
  }

  /** A node above two sides, one of which may have become a single document too heavy. */
  private static Node balanced(Node node, @Nullable Node left, @Nullable Node right) {
    if (outweighs(right, left)) {
      return leaningLeft(node, left, Objects.requireNonNull(right));
    }
    if (outweighs(left, right)) {
      return leaningRight(node, Objects.requireNonNull(left), right);
    }
    return node.above(left, right);
  }

  private static Node leaningLeft(Node node, @Nullable Node left, Node right) {
    Node inner = right.left;
    if (inner == null || weight(inner) < RATIO * weight(right.right)) {
      return right.above(node.above(left, inner), right.right);
    }
    return inner.above(node.above(left, inner.left), right.above(inner.right, right.right));
  }

  private static Node leaningRight(Node node, Node left, @Nullable Node right) {
    Node inner = left.right;
    if (inner == null || weight(inner) < RATIO * weight(left.left)) {
      return left.above(left.left, node.above(inner, right));
    }
    return inner.above(left.above(left.left, inner.left), node.above(inner.right, right));
  }

  private static boolean outweighs(@Nullable Node one, @Nullable Node other) {
    return weight(one) > DELTA * weight(other);
  }

  private static int weight(@Nullable Node node) {
    return size(node) + 1;
  }

  /** Whether no side outweighs the other anywhere, for tests. */
  boolean isBalanced() {
    return isBalanced(root);
  }

  private static boolean isBalanced(@Nullable Node node) {
    return node == null
        || (!outweighs(node.left, node.right)
            && !outweighs(node.right, node.left)
            && isBalanced(node.left)
            && isBalanced(node.right));
  }

  /** Holds the nodes whose own document and right side are still to come. */
  private static final class Walk implements Iterator<Document> {
    private final Deque<Node> path = new ArrayDeque<>();
    private final String end;

    Walk(@Nullable Node root, KeyRange range) {
      end = range.end();
      Node node = root;
      while (node != null) {
        if (node.key.compareTo(range.start()) < 0) {
          node = node.right;
        } else {
          path.push(node);
          node = node.left;
        }
      }
    }

    @Override
    public boolean hasNext() {
      Node next = path.peek();
      return next != null && next.key.compareTo(end) < 0;
    }

    @Override
    public Document next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Node next = path.pop();
      for (Node node = next.right; node != null; node = node.left) {
        path.push(node);
      }
      return next.document;
    }
  }
}
