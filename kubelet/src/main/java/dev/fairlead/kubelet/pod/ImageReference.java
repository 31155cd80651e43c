package dev.fairlead.kubelet.pod;

import java.util.regex.Pattern;

/** The grammar of image names (distribution: {@code reference.ParseNormalizedNamed}). */
final class ImageReference {
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final String DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  private static final String DOMAIN = DOMAIN_PART + "(?:\\." + DOMAIN_PART + ")*(?::[0-9]+)?";
  private static final String TAG = "[\\w][\\w.-]{0,127}";
  private static final String DIGEST =
      "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:%s/)?%s(?:/%s)*(?::%s)?(?:@%s)?".formatted(DOMAIN, PART, PART, TAG, DIGEST));
  private static final Pattern BARE_ID = Pattern.compile("[a-f0-9]{64}");
  private static final int LENGTH_MAX = 1024;

  private ImageReference() {}

  static boolean isValid(String name) {
    return name.length() <= LENGTH_MAX
        && GRAMMAR.matcher(name).matches()
        && !BARE_ID.matcher(name).matches();
  }
}
