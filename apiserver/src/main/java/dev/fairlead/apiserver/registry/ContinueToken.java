package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list begins. Opaque to clients; the same shape as upstream's.
 *
 * @param revision the store's revision that the whole list is read at; negative for the newest,
 *     which makes the pages inconsistent with those before
 * @param start the first key of the page, without the list's own prefix
 */
record ContinueToken(long revision, String start) {
  private static final String VERSION = "meta.k8s.io/v1";

  /** The text that a client hands back. */
  String encode() {
    ObjectNode tree = Json.object().put("v", VERSION).put("rv", revision).put("start", start);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(tree));
  }

  /**
   * Reads a token.
   *
   * @throws ApiException 400 when it is none of ours
   */
  static ContinueToken decode(String text) {
    ObjectNode tree;
    try {
      tree = Json.tree(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw invalid(e.getMessage());
    }
    long revision = tree.path("rv").asLong(0);
    String start = tree.path("start").asText("");
    if (!tree.path("v").asText("").equals(VERSION)) {
      throw invalid(
          "server does not recognize this encoded version \"%s\""
              .formatted(tree.path("v").asText("")));
    }
    if (revision == 0) {
      throw invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    }
    if (start.isEmpty() || start.startsWith("/") || start.contains("..")) {
      throw invalid("encoded start key is invalid");
    }
    return new ContinueToken(revision, start);
  }

  /** The same place, in the list as it is now. */
  ContinueToken inconsistent() {
    return new ContinueToken(-1, start);
  }

  private static ApiException invalid(@Nullable String why) {
    return ApiException.badRequest("invalid continue token: continue key is not valid: " + why);
  }
}
