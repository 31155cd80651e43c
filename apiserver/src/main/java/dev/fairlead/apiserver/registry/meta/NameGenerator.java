package dev.fairlead.apiserver.registry.meta;

import java.util.random.RandomGenerator;

/** Makes names from {@code metadata.generateName}, as upstream: five random characters. */
public final class NameGenerator {
  // No vowels and nothing that looks like another character: no words by accident.
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;
  private static final int BASE_LENGTH_MAX = 63 - SUFFIX_LENGTH;

  private final RandomGenerator random;

  /** A generator over this randomness. */
  public NameGenerator(RandomGenerator random) {
    this.random = random;
  }

  /** {@code base}, cut to fit, and a random suffix. */
  public String generate(String base) {
    StringBuilder name = new StringBuilder(63);
    name.append(base, 0, Math.min(base.length(), BASE_LENGTH_MAX));
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
