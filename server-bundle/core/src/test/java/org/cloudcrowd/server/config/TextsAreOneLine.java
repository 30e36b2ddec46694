package org.cloudcrowd.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cloudcrowd.server.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsAreOneLine {
  @ParameterizedTest
  @ValueSource(strings = {"a\0", "a\n", "a\u001F", "a\u007F", "a\u0085", "a\uD800", "a\uDC00b"})
  void whatNoLineHasIsNamedWithItsPlace(String text) {
    assertThatThrownBy(() -> Texts.check("/email", text, 10))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.field()).isEqualTo("/email"))
        .hasMessageMatching("a text may not have the character U\\+[0-9A-F]{4}, which it has at 2");
  }

  @Test
  void everythingElseIsTakenUpToALength() throws Exception {
    Texts.check("/email", null, 1);
    Texts.check("/email", "grüße ß € \uD83D\uDE00 報告", 20);
    assertThatThrownBy(() -> Texts.check("/email", "12345", 4))
        .hasMessage("a text of 5 characters is too long; it may have 4");
  }
}
