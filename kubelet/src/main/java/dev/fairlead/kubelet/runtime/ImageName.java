package dev.fairlead.kubelet.runtime;

/** Full names of images, as container tools complete them. */
final class ImageName {
  private ImageName() {}

  /**
   * Completes a name: {@code nginx} is {@code docker.io/library/nginx:latest}, {@code a/b:1} is
   * {@code docker.io/a/b:1}. A name with a digest gets no tag.
   */
  public static String normalize(String reference) {
    return tagged(withRegistry(reference));
  }

  private static String withRegistry(String reference) {
    int slash = reference.indexOf('/');
    if (slash < 0) {
      return "docker.io/library/" + reference;
    }
    String first = reference.substring(0, slash);
    boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
    return registry ? reference : "docker.io/" + reference;
  }

  private static String tagged(String name) {
    boolean hasTag = name.indexOf(':', name.lastIndexOf('/')) >= 0;
    return hasTag || name.contains("@") ? name : name + ":latest";
  }
}
