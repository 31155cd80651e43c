package dev.fairlead.kubelet.probe;

/** What a probe decides. */
public enum ProbeKind {
  /** Whether the container gets traffic. */
  READINESS("Readiness"),
  /** Whether it must be restarted. */
  LIVENESS("Liveness"),
  /** Whether it has started, so that the other two may begin. */
  STARTUP("Startup");

  private final String title;

  ProbeKind(String title) {
    this.title = title;
  }

  /** As messages name it. */
  public String title() {
    return title;
  }
}
