package org.cloudcrowd.node.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotsAreAsManyAsConfigured {
  private final Slots slots = new Slots();

  private CompletableFuture<Void> taking() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            slots.take();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void aWaitingThreadGetsASlotThatIsAdded() throws Exception {
    slots.resize(1);
    slots.take();
    var second = taking();
    assertThat(second).isNotDone();

    slots.resize(2);

    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void whereTheyAreFewerWhatEndsFreesNoneUntilItFits() throws Exception {
    slots.resize(3);
    slots.take();
    slots.take();
    slots.take();
    slots.resize(1);

    slots.give();
    slots.give();
    var next = taking();
    assertThat(next).isNotDone();
    slots.give();

    next.get(10, TimeUnit.SECONDS);
  }
}
