package dev.fairlead.apiserver.registry.strategy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One block of PEM (RFC 7468).
 *
 * @param type for example {@code CERTIFICATE}
 * @param content what is between, decoded
 */
record PemBlock(String type, byte[] content) {
  private static final Logger log = LoggerFactory.getLogger(PemBlock.class);
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  boolean isPrivateKey() {
    return type.equals("PRIVATE KEY") || type.endsWith(" PRIVATE KEY");
  }

  /** All blocks of a text, in order; what is no block, or a broken one, is passed over. */
  static List<PemBlock> read(byte[] text) {
    List<PemBlock> blocks = new ArrayList<>();
    String type = "";
    StringBuilder body = new StringBuilder();
    for (String each : lines(text)) {
      String line = each.stripTrailing();
      if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
        type = line.substring(BEGIN.length(), Math.max(BEGIN.length(), line.length() - 5));
        body.setLength(0);
      } else if (line.startsWith(END)) {
        if (line.equals(END + type + DASHES)) {
          decode(type, body.toString(), blocks);
        }
        type = "";
      } else if (!type.isEmpty() && !line.contains(":")) { // A header is not part of the body.
        body.append(line.strip());
      }
    }
    return blocks;
  }

  private static List<String> lines(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1).lines().toList();
  }

  private static void decode(String type, String body, List<PemBlock> blocks) {
    try {
      blocks.add(new PemBlock(type, Base64.getDecoder().decode(body)));
    } catch (IllegalArgumentException e) {
      log.debug("a block of type {} is no base64: {}", type, e.getMessage());
    }
  }

  /** The block as text. */
  String text() {
    return "%s%s%s\n%s\n%s%s%s\n"
        .formatted(
            BEGIN,
            type,
            DASHES,
            Base64.getMimeEncoder().encodeToString(content),
            END,
            type,
            DASHES);
  }
}
