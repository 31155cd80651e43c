package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TranscriptTest {
  private final Transcript transcript = new Transcript();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web   1/1   Running   14s            | web 1/1 Running 2m1s                    | true",
        "web   1/1   Running   14s            | web 0/1 Running 2m1s                    | false",
        "alpaca-prod-7bd7cb84-2rz2h   1/1     | alpaca-prod-84f7bdd44b-xk2vw   1/1      | true",
        "alpaca-prod-7bd7cb84-2rz2h   1/1     | bandicoot-prod-84f7bdd44b-xk2vw   1/1   | false",
        "Addresses: 10.112.1.2,10.112.3.4     | Addresses: 10.112.2.9,10.112.3.17       | true",
        "Addresses: 10.112.1.2,10.112.3.4     | Addresses: 10.112.2.9                   | false",
        "kubernetes 10.115.240.1 443/TCP      | kubernetes 10.115.240.2 443/TCP         | false",
        "one … three                          | one two three                           | true",
        "a+b (c)                              | a+b (c)                                 | true",
      })
  void line(String shown, String printed, boolean same) {
    assertThat(transcript.matches(List.of(shown), printed + "\n", false)).isEqualTo(same);
  }

  @Test
  void anAddressOfAService_isTheSameEverywhere() {
    assertThat(transcript.matches(List.of("IP: 10.115.242.53"), "IP: 10.115.241.9\n", false))
        .isTrue();
    assertThat(transcript.matches(List.of("10.115.242.53"), "10.115.241.9\n", false)).isTrue();
    assertThat(transcript.matches(List.of("10.115.242.53"), "10.115.242.53\n", false)).isFalse();
    assertThat(transcript.matches(List.of("NodePort 30444 30444"), "NodePort 31111 32222\n", false))
        .isFalse();
    assertThat(transcript.matches(List.of("NodePort 30444 30444"), "NodePort 31111 31111\n", false))
        .isTrue();
  }

  @Test
  void dotsOnALine_standForAnyLines_andMoreMayFollowWhatRuns() {
    String printed = "first\nsecond\nthird\nlast\n";
    assertThat(transcript.matches(List.of("first", "…", "last"), printed, false)).isTrue();
    assertThat(transcript.matches(List.of("first", "second"), printed, false)).isFalse();
    assertThat(transcript.matches(List.of("first", "second"), printed, true)).isTrue();
  }

  @Test
  void commands_holdContinuedLines_andHereDocuments() {
    Walkthrough walkthrough =
        Walkthrough.parse(
            List.of(
                "text",
                "```console terminal=2",
                "$ one \\",
                "    more",
                "printed",
                "$ cat <<EOF",
                "$ not a command",
                "EOF",
                "^C",
                "```",
                "```yaml file=a.yaml",
                "a: 1",
                "```",
                "```mermaid",
                "```"));
    assertThat(walkthrough.blocks())
        .containsExactly(
            new Walkthrough.Block(
                3,
                2,
                null,
                "$ one \\\n    more\nprinted\n$ cat <<EOF\n$ not a command\nEOF\n^C\n",
                List.of(
                    new Walkthrough.Step(3, "one \\\n    more", List.of("printed"), false),
                    new Walkthrough.Step(6, "cat <<EOF\n$ not a command\nEOF", List.of(), true)),
                Walkthrough.Versions.ANY),
            new Walkthrough.Block(12, 1, "a.yaml", "a: 1\n", List.of(), Walkthrough.Versions.ANY));
  }

  @ParameterizedTest
  @CsvSource({"'', 20 27 33", "since=1.27, 27 33", "until=1.26, 20", "since=1.21 until=1.32, 27"})
  void blocks_areForVersionsOfKubectl(String options, String versions) {
    Walkthrough walkthrough =
        Walkthrough.parse(List.of(("```console " + options).strip(), "$ one", "```"));
    Walkthrough.Versions found = walkthrough.blocks().getFirst().versions();
    assertThat(IntStream.of(20, 27, 33).filter(found::contains).mapToObj(Integer::toString))
        .containsExactly(versions.split(" "));
  }
}
