package org.cloudcrowd.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WhatIsPrintedHasAnEnd {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Printed printed = new Printed(out);

  private void print(String text) throws IOException {
    printed.write(text.getBytes(UTF_8));
  }

  @Test
  void anAttemptThatPrintsNothingHasNone() {
    assertThat(printed.end("end 1")).isFalse();
    assertThat(out.size()).isZero();
  }

  @Test
  void theEndIsALineOfItsOwnOnceForEachAttempt() throws IOException {
    print("a line\nand half of one");
    assertThat(printed.end("end 1")).isTrue();
    assertThat(printed.end("end 2")).isFalse();
    print("whole\n");
    assertThat(printed.end("end 3")).isTrue();

    assertThat(out.toString(UTF_8)).isEqualTo("a line\nand half of one\nend 1\nwhole\nend 3\n");
  }
}
