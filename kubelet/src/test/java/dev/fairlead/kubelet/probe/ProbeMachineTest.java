package dev.fairlead.kubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeMachineTest {
  @ParameterizedTest
  @CsvSource({
    // kind, success and failure threshold, answers, verdict after each
    "READINESS, 1, 3, +,        t",
    "READINESS, 1, 3, -+,       ft",
    "READINESS, 1, 3, +--+,     tttt",
    "READINESS, 1, 3, +---+,    tttft",
    "READINESS, 3, 1, ++-+++,   fffffT",
    "LIVENESS,  1, 3, --+---,   tttttf",
    "LIVENESS,  1, 1, +-,       tf",
    "STARTUP,   1, 2, -+,       ft",
  })
  void verdicts(ProbeKind kind, int success, int failure, String answers, String verdicts) {
    ProbeMachine machine = ProbeMachine.start(kind, success, failure);
    StringBuilder seen = new StringBuilder();
    for (char answer : answers.toCharArray()) {
      machine = machine.answer(answer == '+');
      seen.append(machine.verdict() ? 't' : 'f');
    }
    assertThat(seen.toString()).isEqualToIgnoringCase(verdicts);
  }
}
