package org.cloudcrowd.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cloudcrowd.server.Events;
import org.cloudcrowd.server.Events.Event;
import org.cloudcrowd.store.Change;
import org.junit.jupiter.api.Test;

class StreamsAreBounded {
  private static final Event EVENT = new Event(null, null, null);

  private final AtomicInteger calls = new AtomicInteger();
  private final EventSubscriber stream =
      new EventSubscriber(
          new Events.Selection(Set.of(), null), calls::incrementAndGet, closed -> {});

  @Test
  void aReaderThatTakesNothingIsLetGo() {
    stream.add(Collections.nCopies(Events.MAX_WAITING, EVENT));
    assertThat(stream.isEnded()).isFalse();

    stream.add(List.of(EVENT));

    assertThat(stream.take()).isEmpty();
    assertThat(stream.isEnded()).isTrue();
    assertThat(calls).hasValue(2);
  }

  @Test
  void aReaderThatKeepsUpIsNot() {
    for (int i = 0; i < 3; i++) {
      stream.add(Collections.nCopies(Events.MAX_WAITING, EVENT));
      assertThat(stream.take()).hasSize(Events.MAX_WAITING);
    }
    assertThat(stream.isEnded()).isFalse();
  }

  @Test
  void whatIsLongAgoIsNotKept() {
    var recent = new RecentChanges();
    IntStream.rangeClosed(1, 10_001)
        .forEach(i -> recent.add(new Change.OfJobs("id-" + i, List.of((long) i))));

    assertThat(recent.after("id-1")).isNull();
    assertThat(recent.after("id-9999"))
        .extracting(RecentChanges::id)
        .containsExactly("id-10000", "id-10001");
    assertThat(recent.after("id-10001")).isEmpty();
  }
}
