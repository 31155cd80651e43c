package dev.fairlead.api.schema.extract;

import java.util.Arrays;
import java.util.List;

/** The longest sequence of words that two texts have in common. */
final class CommonWords {
  private CommonWords() {}

  /** Of each word of one text its place in the other, in rising order; -1 where it is not there. */
  static int[] places(List<String> words, List<String> others) {
    int[][] longest = longest(words, others);
    int[] places = new int[words.size()];
    Arrays.fill(places, -1);
    int i = 0;
    int j = 0;
    while (i < words.size() && j < others.size()) {
      if (words.get(i).equals(others.get(j))) {
        places[i++] = j++;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return places;
  }

  /** How many words are common to what is left of both from each pair of places on. */
  private static int[][] longest(List<String> words, List<String> others) {
    int[][] longest = new int[words.size() + 1][others.size() + 1];
    for (int i = words.size() - 1; i >= 0; i--) {
      for (int j = others.size() - 1; j >= 0; j--) {
        longest[i][j] =
            words.get(i).equals(others.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }
}
