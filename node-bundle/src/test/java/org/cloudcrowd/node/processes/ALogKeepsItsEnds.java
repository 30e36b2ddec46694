package org.cloudcrowd.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ALogKeepsItsEnds {

  private static UnitLog log(int characters, String... lines) {
    var log = new UnitLog(characters);
    for (String line : lines) {
      log.add(line);
    }
    return log;
  }

  @Test
  void aShortOneIsKeptWhole() {
    var log = log(100, "one", "two", "");
    assertThat(log.text()).isEqualTo("one\ntwo\n\n");
    assertThat(log.printed()).isEqualTo(9);
  }

  @Test
  void theFirstLinesAndTheLastAreKeptOfALongOne() {
    var log = new UnitLog(40);
    IntStream.rangeClosed(1, 100).forEach(line -> log.add("line " + line));

    assertThat(log.text())
        .isEqualTo("line 1\n… (96 lines are left out here)\nline 98\nline 99\nline 100\n");
    assertThat(log.printed()).isEqualTo(792);
  }

  @Test
  void aLineThatIsTooLongIsLeftOutAndCounted() {
    var log = log(10, "x".repeat(50), "end");
    assertThat(log.text()).isEqualTo("… (1 lines are left out here)\nend\n");
    assertThat(log.printed()).isEqualTo(55);
  }

  @Test
  void controlCharactersAreShown() {
    assertThat(log(100, "a\u001b[31m\tb\u0000\u009b1m").text())
        .isEqualTo("a\uFFFD[31m\tb\uFFFD\uFFFD1m\n");
  }

  @Test
  void withoutRoomNothingIsKeptAndAllIsCounted() {
    var log = log(0, "one");
    assertThat(log.text()).isEmpty();
    assertThat(log.printed()).isEqualTo(4);
  }
}
