package org.cloudcrowd.action.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentsOfOneNameAreKeptApart {
  private final DocumentNames names = new DocumentNames();

  @Test
  void aDocumentThatBeginsAgainIsAnother() {
    assertThat(names.of("a", 1)).isEqualTo("a");
    assertThat(names.of("a", 8)).isEqualTo("a");
    assertThat(names.of("b", 1)).isEqualTo("b");
    assertThat(names.of("a", 1)).isEqualTo("a-2");
    assertThat(names.of("a", 8)).isEqualTo("a-2");
    assertThat(names.of("a", 1)).isEqualTo("a-3");
  }
}
