package dev.fairlead.apiserver.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Copies HTML and rewrites the links of its start tags, tag by tag. Bytes outside of ASCII are left
 * as they are, whatever the page's encoding. Comments and the text of scripts and styles hold no
 * tags.
 */
final class HtmlStream {
  /** A tag that is longer is passed on as it is. */
  private static final int TAG_BYTES_MAX = 64 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final UnaryOperator<String> link;

  HtmlStream(InputStream in, OutputStream out, UnaryOperator<String> link) {
    this.in = in;
    this.out = out;
    this.link = link;
  }

  void copy() throws IOException {
    for (int each = in.read(); each >= 0; each = in.read()) {
      if (each == '<') {
        tag();
      } else {
        out.write(each);
      }
    }
  }

  private void tag() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    bytes.write('<');
    int quote = 0;
    for (int each = in.read(); each >= 0; each = in.read()) {
      bytes.write(each);
      if (bytes.size() == 4 && text(bytes).equals("<!--")) {
        bytes.writeTo(out);
        passUntil("-->");
        return;
      }
      if (each == quote) {
        quote = 0;
      } else if (quote == 0 && (each == '"' || each == '\'')) {
        quote = each;
      } else if (quote == 0 && each == '>') {
        finish(text(bytes));
        return;
      }
      boolean begins = bytes.size() != 2 || Character.isLetter(each) || each == '/' || each == '!';
      if (!begins || bytes.size() == TAG_BYTES_MAX) {
        break;
      }
    }
    bytes.writeTo(out);
  }

  private void finish(String tag) throws IOException {
    out.write(HtmlLinks.rewrite(tag, link).getBytes(StandardCharsets.ISO_8859_1));
    String name = HtmlLinks.name(tag);
    if (name.equals("script") || name.equals("style")) {
      passUntil("</" + name);
    }
  }

  /** Copies up to and with a text of ASCII, whatever the case of its letters. */
  private void passUntil(String end) throws IOException {
    StringBuilder last = new StringBuilder();
    for (int each = in.read(); each >= 0; each = in.read()) {
      out.write(each);
      last.append((char) each);
      if (last.length() > end.length()) {
        last.deleteCharAt(0);
      }
      if (last.toString().toLowerCase(Locale.ROOT).equals(end)) {
        return;
      }
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
