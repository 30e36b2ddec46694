package org.cloudcrowd.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffDoublesWithEachFailure {
  private static final double MIDDLE = 0.5;

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3));

  @Test
  void itDoublesUpToItsLimit() {
    assertThat(backoff.after(1, MIDDLE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(2, MIDDLE)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.after(3, MIDDLE)).isEqualTo(Duration.ofSeconds(3));
    assertThat(backoff.after(Integer.MAX_VALUE, MIDDLE)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void jitterSpreadsItByAFifth() {
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(800));
    assertThat(backoff.after(1, 1)).isEqualTo(Duration.ofMillis(1200));
  }

  @Test
  void zeroStaysZero() {
    assertThat(new Backoff(Duration.ZERO, Duration.ofSeconds(3)).after(5, 1)).isZero();
  }
}
