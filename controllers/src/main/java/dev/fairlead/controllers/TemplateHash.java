package dev.fairlead.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * The short name of a pod template. As upstream it is an FNV-1a hash in an alphabet without vowels;
 * unlike there it is taken over the canonical JSON, so the values differ from upstream's.
 */
public final class TemplateHash {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private TemplateHash() {}

  /**
   * The hash of a template.
   *
   * @param collisions how often the name made of the hash was already taken by something else
   */
  public static String of(JsonNode template, int collisions) {
    int hash = FNV_OFFSET;
    String text = CanonicalJson.text(template) + (collisions == 0 ? "" : "#" + collisions);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    StringBuilder name = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
      name.append(ALPHABET.charAt(digit % ALPHABET.length()));
    }
    return name.toString();
  }
}
