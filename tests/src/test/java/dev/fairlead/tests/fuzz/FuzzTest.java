package dev.fairlead.tests.fuzz;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A short, repeatable run of every target: mutations of its seeds from a fixed seed. The long runs,
 * guided by coverage, are {@code tests/fuzz}.
 */
@Timeout(120)
class FuzzTest {
  private static final int INPUTS = 3000;
  private static final long SEED = 20240102;

  @ParameterizedTest
  @EnumSource
  void nothingButRefusals(FuzzTarget target) throws Exception {
    Random random = new Random(SEED);
    List<byte[]> corpus = new ArrayList<>(target.seeds());
    for (byte[] seed : target.seeds()) {
      target.run(seed);
    }
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = Mutations.of(corpus.get(random.nextInt(corpus.size())), corpus, random);
      try {
        target.run(input);
      } catch (Exception | StackOverflowError e) {
        throw new AssertionError(target + " " + HexFormat.of().formatHex(input), e);
      }
      if (random.nextInt(10) == 0) {
        corpus.add(input); // Mutations of mutations go further from the seed.
      }
    }
  }
}
