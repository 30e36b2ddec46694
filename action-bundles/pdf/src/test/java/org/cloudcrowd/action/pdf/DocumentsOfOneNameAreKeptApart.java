package org.cloudcrowd.action.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsOfOneNameAreKeptApart {
  private static Origin origin(long id, String name) {
    return new Origin(id, name, "file:///" + id, 1);
  }

  private static List<String> names(List<Origin> origins) {
    var names = new DocumentNames(origins);
    return origins.stream().map(names::of).toList();
  }

  @Test
  void aNumberIsNoNameOfAnother() {
    var inputs = new ArrayList<>(List.of(origin(1, "a"), origin(2, "a"), origin(3, "a-2")));
    assertThat(names(inputs)).containsExactly("a", "a-3", "a-2");
    Collections.reverse(inputs);
    assertThat(names(inputs)).containsExactly("a-2", "a", "a-3");
    Collections.swap(inputs, 0, 1);
    assertThat(names(inputs)).containsExactly("a", "a-2", "a-3");
  }

  @Test
  void aDocumentHasOneNameHoweverOftenItComes() {
    var names =
        new DocumentNames(List.of(origin(1, "a"), origin(2, "a"), origin(1, "a"), origin(2, "a")));
    assertThat(names.of(origin(1, "a"))).isEqualTo("a");
    assertThat(names.of(origin(2, "a"))).isEqualTo("a-2");
  }

  @Test
  void whatAFileSystemMayTakeForOneNameIsOne() {
    assertThat(names(List.of(origin(1, "Café"), origin(2, "cafe\u0301"), origin(3, "報告"))))
        .containsExactly("Café", "cafe\u0301-2", "報告");
    assertThat(names(List.of(origin(1, "manifest.json")))).containsExactly("manifest.json-2");
  }
}
