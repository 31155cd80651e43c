package dev.fairlead.api.schema.extract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What upstream's protobuf files say of messages and fields: their comments stand as Javadoc in the
 * sources of the classes that are generated from them.
 */
final class Comments {
  private static final Pattern MESSAGE = Pattern.compile("interface_extends:([\\w.]+)\\)");
  private static final Pattern TYPE = Pattern.compile("Protobuf type \\{@code ([\\w.]+)}");
  private static final Pattern NUMBER = Pattern.compile("<code>.* = (\\d+)[; ].*");

  private final Map<String, String> descriptions = new HashMap<>();
  private final Set<String> read = new HashSet<>();

  /** Of a message; empty when it has no comment. */
  String of(Descriptor message) {
    read(message.getFile());
    return descriptions.getOrDefault(message.getFullName(), "");
  }

  /** Of a field; empty when it has no comment. */
  String of(FieldDescriptor field) {
    read(field.getFile());
    return descriptions.getOrDefault(
        key(field.getContainingType().getFullName(), Integer.toString(field.getNumber())), "");
  }

  private static String key(String message, String number) {
    return message + "#" + number;
  }

  private void read(FileDescriptor file) {
    String source =
        "/%s/%s.java"
            .formatted(
                file.getOptions().getJavaPackage().replace('.', '/'),
                file.getOptions().getJavaOuterClassname());
    if (!read.add(source)) {
      return;
    }
    InputStream found = Comments.class.getResourceAsStream(source);
    if (found == null) {
      throw new IllegalStateException("no source " + source);
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
      read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(BufferedReader lines) throws IOException {
    String message = "";
    boolean inside = false;
    List<String> comment = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String text = line.strip();
      if (text.equals("/**")) {
        comment.clear();
      } else if (text.endsWith("<pre>") || text.endsWith("</pre>")) {
        inside = text.endsWith("<pre>");
      } else if (inside) {
        comment.add(unescaped(text.replaceFirst("^\\* ?", "")));
      } else {
        message = told(message, text, comment);
      }
    }
  }

  /** A line outside of comments' texts says what they are about; the message it is in. */
  private String told(String message, String line, List<String> comment) {
    Matcher next = MESSAGE.matcher(line);
    if (next.find()) {
      return next.group(1);
    }
    Matcher type = TYPE.matcher(line);
    if (type.find()) {
      descriptions.putIfAbsent(type.group(1), description(comment));
    }
    Matcher number = NUMBER.matcher(line);
    if (number.find()) {
      descriptions.putIfAbsent(key(message, number.group(1)), description(comment));
    }
    return message;
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#42;", "*")
        .replace("&#47;", "/")
        .replace("&#64;", "@")
        .replace("&#92;", "\\")
        .replace("&amp;", "&");
  }

  /**
   * As upstream's OpenAPI generator writes it: lines of a paragraph are joined, those that are
   * indented stay on their own, markers and notes to its writers are left out.
   */
  static String description(List<String> comment) {
    StringBuilder description = new StringBuilder();
    for (String line : comment) {
      String text = line.stripTrailing();
      if (text.equals("---")) {
        break;
      }
      if (text.isEmpty()) {
        chop(description).append("\n\n");
      } else if (text.startsWith(" ") || text.startsWith("\t")) {
        if (!marker(text.strip())) {
          chop(description).append('\n').append(text).append('\n');
        }
      } else if (!marker(text)) {
        description.append(text).append(' ');
      }
    }
    return description.toString().strip();
  }

  private static boolean marker(String text) {
    return text.startsWith("+") || text.startsWith("TODO");
  }

  /** Without the blank or line break at the end, of which another follows. */
  private static StringBuilder chop(StringBuilder text) {
    if (!text.isEmpty()) {
      text.setLength(text.length() - 1);
    }
    return text;
  }
}
