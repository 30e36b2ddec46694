package org.cloudcrowd.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopsThatFailAreToldOf {
  private final AtomicLong now = new AtomicLong();
  private final WorkLoops loops = new WorkLoops(now::get);
  private final WorkLoop loop =
      loops.begin("Work units have not been dispatched", Duration.ofSeconds(1));

  private void pass(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private void fail() {
    assertThatThrownBy(
            () ->
                loop.run(
                    () -> {
                      throw new IllegalStateException("no such column\nthe rest");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void afterHalfAMinuteWithTheReasonAndNoMoreAfterASuccess() {
    pass(30);
    fail();
    assertThat(loops.faults()).isEmpty();
    pass(10);
    assertThat(loops.faults())
        .containsExactly("Work units have not been dispatched for 40 s: no such column");
    loop.run(() -> {});
    assertThat(loops.faults()).isEmpty();
  }

  @Test
  void whereAPassDoesNotEnd() {
    pass(32);
    assertThat(loops.faults())
        .containsExactly(
            "Work units have not been dispatched for 32 s: the last pass has not ended");
  }

  @Test
  void butNotWhereItIsOver() {
    pass(100);
    loops.end(loop);
    assertThat(loops.faults()).isEmpty();
  }
}
