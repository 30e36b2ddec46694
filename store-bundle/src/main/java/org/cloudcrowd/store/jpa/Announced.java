package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cloudcrowd.store.Tally;

/** Transactions of which others hear when they are committed. */
final class Announced {
  private final Transactions transactions;
  private final Engine engine;
  private final ChangeFeed changes;
  private final List<Consumer<Tally>> listeners = new CopyOnWriteArrayList<>();

  Announced(Database database) {
    this.transactions = database.transactions();
    this.engine = database.engine();
    this.changes = database.changes();
  }

  Runnable onTally(Consumer<Tally> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private record Done<T>(T result, News news, List<String> messages) {}

  /**
   * As {@link Transactions#run}.
   *
   * @param news what to tell of what the work returned
   */
  <T> T run(String what, Function<EntityManager, T> work, Function<T, News> news) {
    var done =
        transactions.run(
            what,
            entities -> {
              var result = work.apply(entities);
              var of = news.apply(result);
              var messages = changes.ofJobs(of.jobs());
              if (of.queued()) {
                engine.signals().queueing(entities);
              }
              changes.announcing(entities, messages);
              return new Done<>(result, of, messages);
            });
    if (done.news().queued()) {
      engine.signals().queued();
    }
    changes.announced(done.messages());
    changes.unitsChanged(done.news().units());
    if (!done.news().tally().equals(Tally.NONE)) {
      listeners.forEach(listener -> listener.accept(done.news().tally()));
    }
    return done.result();
  }
}
