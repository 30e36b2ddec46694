package org.cloudcrowd.node.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlacesAreAsManyAsTheyAreToBe {
  private final Places places = new Places();

  private CompletableFuture<Void> taking() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            places.take();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void whoWaitsGetsAPlaceThatIsAdded() throws Exception {
    places.resize(1);
    places.take();
    var second = taking();
    assertThat(second).isNotDone();

    places.resize(2);

    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void whereTheyAreFewerWhatEndsFreesNoneUntilItFits() throws Exception {
    places.resize(3);
    places.take();
    places.take();
    places.take();
    places.resize(1);

    places.give();
    places.give();
    var next = taking();
    assertThat(next).isNotDone();
    places.give();

    next.get(10, TimeUnit.SECONDS);
  }
}
