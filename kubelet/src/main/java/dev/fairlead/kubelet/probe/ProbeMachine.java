package dev.fairlead.kubelet.probe;

import java.util.Optional;

/**
 * Turns a row of answers into a verdict: as many successes or failures in a row as the thresholds
 * say (upstream: {@code pkg/kubelet/prober/worker.go}). Immutable.
 *
 * @param verdict whether the probe holds at the moment
 * @param lastAnswer of the current row
 * @param row its length
 */
record ProbeMachine(
    int successThreshold, int failureThreshold, boolean verdict, boolean lastAnswer, int row) {

  /**
   * Before the first answer: a container is alive, but neither ready nor started.
   *
   * @param successThreshold successes in a row that make the verdict true
   */
  public static ProbeMachine start(ProbeKind kind, int successThreshold, int failureThreshold) {
    return new ProbeMachine(
        successThreshold, failureThreshold, kind == ProbeKind.LIVENESS, false, 0);
  }

  /** The machine after one more answer. */
  public ProbeMachine answer(boolean success) {
    int length = row > 0 && lastAnswer == success ? row + 1 : 1;
    int needed = success ? successThreshold : failureThreshold;
    boolean next = length >= needed ? success : verdict;
    return new ProbeMachine(successThreshold, failureThreshold, next, success, length);
  }

  /** What the row has just decided, on the answer that completes it and on each one after. */
  public Optional<Boolean> decided() {
    int needed = lastAnswer ? successThreshold : failureThreshold;
    return row >= needed ? Optional.of(lastAnswer) : Optional.empty();
  }
}
