package org.cloudcrowd.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnEndIsToldAsItIsKnown {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | ended with exit code 0
          3   | ended with exit code 3
          128 | ended with exit code 128
          129 | was killed by signal 1 (SIGHUP)
          137 | was killed by signal 9 (SIGKILL)
          192 | was killed by signal 64
          193 | ended with exit code 193
          255 | ended with exit code 255
          """)
  void ofAWorker(int exitCode, String words) {
    assertThat(ExitReason.of(exitCode)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7   | ended with exit code 7
          128 | ended with exit code 128
          137 | ended with exit code 137, as after signal 9 (SIGKILL)
          255 | ended with exit code 255
          """)
  void ofAProgram(int exitCode, String words) {
    assertThat(ExitReason.ofProgram(exitCode)).isEqualTo(words);
  }
}
