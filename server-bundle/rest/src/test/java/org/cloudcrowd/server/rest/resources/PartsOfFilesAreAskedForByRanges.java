package org.cloudcrowd.server.rest.resources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 14.1.2, of a file of 10,000 bytes as there. */
class PartsOfFilesAreAskedForByRanges {
  private static final long SIZE = 10_000;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-499, 0, 500",
    "bytes=500-999, 500, 500",
    "bytes=-500, 9500, 500",
    "bytes=9500-, 9500, 500",
    "bytes=9500-20000, 9500, 500",
    "bytes=-20000, 0, 10000",
    "bytes=10000-, 10000, 0",
    "bytes=20000-20001, 20000, 0",
    "bytes=-0, 10000, 0",
  })
  void oneRangeIsAnswered(String header, long first, long length) {
    assertThat(ByteRange.of(header, SIZE)).isEqualTo(new ByteRange(first, length));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=0-0,-1",
        "lines=1-2",
        "bytes=a-b",
        "bytes=99999999999999999999-"
      })
  void whatIsNoneIsAnsweredWithTheWholeFile(String header) {
    assertThat(ByteRange.of(header, SIZE)).isNull();
  }
}
