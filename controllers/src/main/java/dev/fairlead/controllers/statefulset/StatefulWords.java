package dev.fairlead.controllers.statefulset;

import dev.fairlead.api.Document;
import dev.fairlead.controllers.PodControl;

/** How a StatefulSet's events tell of its pods. */
final class StatefulWords implements PodControl.Words {
  @Override
  public String created(Document set, String pod) {
    return done("create", set, pod);
  }

  @Override
  public String notCreated(Document set, String pod, String why) {
    return failed("create", set, pod, why);
  }

  @Override
  public String deleted(Document set, String pod) {
    return done("delete", set, pod);
  }

  @Override
  public String notDeleted(Document set, String pod, String why) {
    return failed("delete", set, pod, why);
  }

  private static String done(String verb, Document set, String pod) {
    return "%s Pod %s in StatefulSet %s successful".formatted(verb, pod, set.name());
  }

  private static String failed(String verb, Document set, String pod, String why) {
    return "%s Pod %s in StatefulSet %s failed error: %s".formatted(verb, pod, set.name(), why);
  }
}
