package org.cloudcrowd.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnEmptyQueueIsLookedAtOnce {
  private final EmptyQueue empty = new EmptyQueue();

  @Test
  void untilSomethingHasChanged() {
    assertThat(empty.isFor("a")).isFalse();
    empty.found("a", empty.look());
    assertThat(empty.isFor("a")).isTrue();
    assertThat(empty.isFor("b")).isFalse();

    empty.change();

    assertThat(empty.isFor("a")).isFalse();
  }

  @Test
  void whatChangesDuringALookIsNotMissed() {
    long look = empty.look();
    empty.change();
    empty.found("a", look);

    assertThat(empty.isFor("a")).isFalse();
  }

  @Test
  void aNodeThatComesAgainLooksAgain() {
    empty.found("a", empty.look());
    empty.retain(List.of("b"));

    assertThat(empty.isFor("a")).isFalse();
  }
}
