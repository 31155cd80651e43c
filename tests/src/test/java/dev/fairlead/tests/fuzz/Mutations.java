package dev.fairlead.tests.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes inputs a little. */
final class Mutations {
  private static final int BYTES_MAX = 4096;
  private static final byte[] TELLING = {
    0,
    1,
    0x7f,
    (byte) 0x80,
    (byte) 0xff,
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '-',
    '9',
    'e',
    '\n',
    '&',
    '*'
  };

  private Mutations() {}

  static byte[] of(byte[] input, List<byte[]> corpus, Random random) {
    byte[] changed = input;
    for (int i = 0; i <= random.nextInt(4); i++) {
      changed = once(changed, corpus, random);
    }
    return changed.length > BYTES_MAX ? Arrays.copyOf(changed, BYTES_MAX) : changed;
  }

  private static byte[] once(byte[] input, List<byte[]> corpus, Random random) {
    int at = random.nextInt(input.length + 1);
    int length = random.nextInt(Math.min(32, input.length - at + 1));
    byte[] between =
        switch (random.nextInt(6)) {
          case 0 -> new byte[] {TELLING[random.nextInt(TELLING.length)]};
          case 1 -> new byte[] {(byte) random.nextInt()};
          case 2 -> new byte[0];
          case 3 -> repeated(Arrays.copyOfRange(input, at, at + length), random.nextInt(40));
          case 4 -> piece(corpus.get(random.nextInt(corpus.size())), random);
          default -> repeated(new byte[] {TELLING[random.nextInt(TELLING.length)]}, 300);
        };
    return spliced(input, at, length, between);
  }

  private static byte[] piece(byte[] other, Random random) {
    int from = random.nextInt(other.length + 1);
    return Arrays.copyOfRange(other, from, from + random.nextInt(other.length - from + 1));
  }

  private static byte[] repeated(byte[] bytes, int times) {
    byte[] all = new byte[bytes.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes[i % bytes.length];
    }
    return all;
  }

  private static byte[] spliced(byte[] input, int at, int removed, byte[] inserted) {
    byte[] result = new byte[input.length - removed + inserted.length];
    System.arraycopy(input, 0, result, 0, at);
    System.arraycopy(inserted, 0, result, at, inserted.length);
    System.arraycopy(
        input, at + removed, result, at + inserted.length, input.length - at - removed);
    return result;
  }
}
