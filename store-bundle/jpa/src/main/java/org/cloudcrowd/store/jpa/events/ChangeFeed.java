package org.cloudcrowd.store.jpa.events;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cloudcrowd.store.Change;
import org.cloudcrowd.store.Change.ChangedUnit;
import org.cloudcrowd.store.jpa.database.ChangeSignals;
import org.cloudcrowd.store.state.UnitState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes as messages, and reads them. The fields of a message are separated by spaces, and
 * those of a unit by slashes; the name of a node comes last.
 */
public final class ChangeFeed {
  private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);
  private static final Duration WATCH = Duration.ofMinutes(1);
  private static final String WATCHING = "watch";
  private static final String JOBS = "jobs";
  private static final String UNITS = "units";
  private static final int JOBS_AT_ONCE = 300;

  /**
   * The length of a unit in a message without the node's name: the state, two numbers of 19 digits,
   * and the separators.
   */
  private static final int UNIT_LENGTH = 64;

  private final ChangeSignals signals;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final String incarnation = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicLong number = new AtomicLong();
  private volatile long watchedUntil = System.nanoTime() - 1;

  public ChangeFeed(ChangeSignals signals) {
    this.signals = signals;
    signals.onMessage(this::hear);
  }

  public Runnable onChange(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public void watch() {
    signals.announceSoon(List.of(WATCHING));
  }

  public boolean isWatched() {
    return watchedUntil - System.nanoTime() > 0;
  }

  /** The messages of a transaction that changes jobs. */
  List<String> ofJobs(Collection<Long> jobIds) {
    var all = List.copyOf(jobIds);
    var messages = new ArrayList<String>();
    for (int from = 0; from < all.size(); from += JOBS_AT_ONCE) {
      messages.add(
          all.subList(from, Math.min(all.size(), from + JOBS_AT_ONCE)).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(" ", JOBS + " " + nextId() + " ", "")));
    }
    return messages;
  }

  void announcing(EntityManager entities, List<String> messages) {
    messages.forEach(message -> signals.announcing(entities, message));
  }

  void announced(List<String> messages) {
    messages.forEach(signals::announced);
  }

  /** Publishes committed changes of units, by their jobs, where changes of units are watched. */
  void unitsChanged(Map<Long, List<ChangedUnit>> byJob) {
    if (byJob.isEmpty() || !isWatched()) {
      return;
    }
    var messages = new ArrayList<String>();
    byJob.forEach(
        (jobId, units) -> {
          var message = new StringBuilder();
          for (ChangedUnit unit : units) {
            int length = UNIT_LENGTH + (unit.node() == null ? 0 : unit.node().length());
            if (message.length() + length > ChangeSignals.MAX_LENGTH) {
              messages.add(message.toString());
              message.setLength(0);
            }
            if (message.length() == 0) {
              message.append(UNITS).append(' ').append(nextId()).append(' ').append(jobId);
            }
            message.append(' ').append(unit.unitId()).append('/').append(unit.state());
            if (unit.node() != null) {
              message.append('/').append(unit.node());
            }
          }
          messages.add(message.toString());
        });
    signals.announceSoon(messages);
  }

  private String nextId() {
    return incarnation + "-" + number.incrementAndGet();
  }

  private void hear(String message) {
    if (message.equals(WATCHING)) {
      boolean wasWatched = isWatched();
      watchedUntil = System.nanoTime() + WATCH.toNanos();
      if (!wasWatched) {
        tell(new Change.Missed(false));
      }
    } else if (message.equals(ChangeSignals.LOST)) {
      tell(new Change.Missed(true));
    } else {
      tell(readOrMiss(message));
    }
  }

  /**
   * A message that cannot be read, of a later version for example, becomes a change that was
   * missed.
   */
  private static Change readOrMiss(String message) {
    try {
      return read(Arrays.asList(message.split(" ", -1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      log.warn("A change that the database told of cannot be read: {}", message);
      return new Change.Missed(true);
    }
  }

  /** A listener that fails does not keep the change from the others. */
  private void tell(Change change) {
    for (Consumer<Change> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        log.error("A change could not be told", e);
      }
    }
  }

  private static Change read(List<String> fields) {
    if (fields.get(0).equals(JOBS)) {
      return new Change.OfJobs(fields.get(1), fields.stream().skip(2).map(Long::valueOf).toList());
    }
    return new Change.OfUnits(
        fields.get(1),
        Long.parseLong(fields.get(2)),
        fields.stream().skip(3).map(ChangeFeed::unit).toList());
  }

  private static ChangedUnit unit(String text) {
    var fields = text.split("/", 3);
    return new ChangedUnit(
        Long.parseLong(fields[0]),
        UnitState.valueOf(fields[1]),
        fields.length > 2 ? fields[2] : null);
  }
}
