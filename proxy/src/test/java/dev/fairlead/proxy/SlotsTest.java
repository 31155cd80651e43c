package dev.fairlead.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
  private static List<Target> list(String letters) {
    return Arrays.stream(letters.strip().split(""))
        .filter(letter -> !letter.isEmpty())
        .map(letter -> new Target("10.0.0." + (int) letter.charAt(0), 80))
        .toList();
  }

  @ParameterizedTest(name = "{0} then {1} is {2}")
  @CsvSource({
    "'',abc,abc",
    "abc,abc,abc",
    "abc,cba,abc",
    "abc,ac,ac",
    "abc,bc,cb",
    "abc,ab,ab",
    "abc,abcd,abcd",
    "abc,xbc,xbc",
    "abcd,bd,db",
    "abcd,xybd,xbyd",
    "abc,x,x",
    "abc,'',''",
  })
  void endpointsThatStayKeepTheirNumber(String before, String wanted, String after) {
    assertThat(Slots.assign(list(before), new LinkedHashSet<>(list(wanted))))
        .isEqualTo(list(after));
  }

  @Test
  void whateverComesAndGoesEachEndpointHasOneNumberAndFewMove() {
    Random random = new Random(42);
    List<Target> slots = List.of();
    List<Target> pool = list("abcdefghijklmnop");
    for (int round = 0; round < 2000; round++) {
      Set<Target> wanted = new LinkedHashSet<>();
      pool.stream().filter(target -> random.nextInt(3) > 0).forEach(wanted::add);
      List<Target> next = Slots.assign(slots, wanted);
      assertThat(next).containsExactlyInAnyOrderElementsOf(wanted);
      List<Target> old = slots;
      long gone = old.stream().filter(target -> !wanted.contains(target)).count();
      long moved =
          old.stream()
              .filter(wanted::contains)
              .filter(target -> old.indexOf(target) != next.indexOf(target))
              .count();
      assertThat(moved).isLessThanOrEqualTo(gone);
      slots = next;
    }
  }
}
