package dev.fairlead.http.stream;

import java.util.ArrayList;
import java.util.List;

/** Runs actions once when something has ended; at once when it had ended before. Thread-safe. */
public final class EndActions {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean ended;

  /** Adds an action. */
  public void add(Runnable action) {
    synchronized (actions) {
      if (!ended) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  /** Declares the end; only the first call counts. */
  public void end() {
    List<Runnable> now;
    synchronized (actions) {
      ended = true;
      now = List.copyOf(actions);
      actions.clear();
    }
    now.forEach(Runnable::run);
  }
}
