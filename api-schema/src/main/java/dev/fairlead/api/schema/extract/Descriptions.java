package dev.fairlead.api.schema.extract;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Puts a description together from what a model and what a comment say. A model's words are
 * upstream's OpenAPI, but each of its line breaks is a blank, and a model does not describe fields
 * whose type is another model. Comments have their lines and indentation, but lost those that are
 * empty, and some have paragraphs that OpenAPI leaves out.
 */
final class Descriptions {
  private static final Pattern GAP = Pattern.compile("\\s+");

  private Descriptions() {}

  private record Text(List<String> words, List<String> gaps) {
    static Text of(String text) {
      return new Text(
          List.of(GAP.split(text.strip())),
          GAP.matcher(text.strip()).results().map(MatchResult::group).toList());
    }
  }

  /**
   * The model's words with the comment's lines, in the model's paragraphs; the comment where the
   * model says nothing. Where the comment has other words, as that of a newer version may, those
   * stay on their line.
   *
   * @param model empty for none
   * @param comment empty for none
   */
  static String choose(String model, String comment) {
    if (model.isBlank()) {
      return comment;
    }
    // Java's generator does not let a comment end.
    return merge(Text.of(model.replace("*_/", "*/")), Text.of(comment));
  }

  private static String merge(Text said, Text written) {
    int[] places = CommonWords.places(said.words(), written.words());
    StringBuilder merged = new StringBuilder(said.words().getFirst());
    for (int i = 0; i < said.gaps().size(); i++) {
      String gap = said.gaps().get(i);
      int place = places[i + 1];
      merged.append(place > 0 ? gap(gap, written.gaps().get(place - 1)) : gap);
      merged.append(said.words().get(i + 1));
    }
    return merged.toString();
  }

  /** What is longer in the model had empty lines. */
  private static String gap(String said, String written) {
    if (said.length() <= written.length()) {
      return written;
    }
    int line = written.lastIndexOf('\n');
    String indentation = line < 0 ? "" : written.substring(line + 1);
    return "\n".repeat(said.length() - indentation.length()) + indentation;
  }
}
