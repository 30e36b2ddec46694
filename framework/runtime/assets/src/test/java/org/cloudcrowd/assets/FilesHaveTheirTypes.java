package org.cloudcrowd.assets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesHaveTheirTypes {
  @ParameterizedTest
  @CsvSource({
    "film.mp4, video/mp4",
    "FILM.WEBM, video/webm",
    "sound.mp3, audio/mpeg",
    "a.b.pdf, application/pdf",
    "data.json, application/json",
    "picture.webp, image/webp",
    "unknown.qqq, application/octet-stream",
    "nothing, application/octet-stream",
    "ends., application/octet-stream",
  })
  void byTheEndsOfTheirNames(String name, String type) {
    assertThat(FileType.of(name, new byte[0])).isEqualTo(type);
    assertThat(FileType.isText(name)).isFalse();
  }

  @Test
  void textSaysThatItIsUtf8WhereItIs() {
    assertThat(FileType.isText("a.csv")).isTrue();
    assertThat(FileType.of("a.csv", "grüße".getBytes(UTF_8))).isEqualTo("text/csv; charset=utf-8");
    assertThat(FileType.of("a.txt", "grüße".getBytes(ISO_8859_1))).isEqualTo("text/plain");
    assertThat(FileType.of("a.txt", new byte[0])).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void aCharacterMayEndBehindTheHead() {
    var text = "a" + "報".repeat(FileType.HEAD_BYTES / 3 + 1);
    var head = Arrays.copyOf(text.getBytes(UTF_8), FileType.HEAD_BYTES);
    var cut = Arrays.copyOf(text.getBytes(UTF_8), 12);

    assertThat(FileType.of("a.txt", head)).isEqualTo("text/plain; charset=utf-8");
    assertThat(FileType.of("a.txt", cut)).isEqualTo("text/plain");
  }
}
