package org.cloudcrowd.store.jpa.events;

import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudcrowd.store.Change.ChangedUnit;
import org.cloudcrowd.store.Effect;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in transactions, and publishes the effects of each once it has committed: to the
 * subscribers in this process, and to every process as signals and changes.
 */
public final class PublishingTransactions {
  private static final Logger log = LoggerFactory.getLogger(PublishingTransactions.class);

  private final Transactions transactions;
  private final Engine engine;
  private final ChangeFeed changes;
  private final List<Consumer<List<Effect>>> subscribers = new CopyOnWriteArrayList<>();

  public PublishingTransactions(Transactions transactions, Engine engine, ChangeFeed changes) {
    this.transactions = transactions;
    this.engine = engine;
    this.changes = changes;
  }

  /**
   * Subscribes to the effects of the transactions that run here.
   *
   * @return ends the subscription when it is run
   */
  public Runnable onEffects(Consumer<List<Effect>> subscriber) {
    subscribers.add(subscriber);
    return () -> subscribers.remove(subscriber);
  }

  private record Committed<T>(T result, List<Effect> effects, List<String> messages) {}

  /**
   * As {@link Transactions#run}.
   *
   * @param work adds its effects; each run of it gets new ones
   */
  public <T> T run(String what, BiFunction<EntityManager, Effects, T> work) {
    var committed =
        transactions.run(
            what,
            entities -> {
              var collector = new Effects();
              var result = work.apply(entities, collector);
              var effects = collector.list();
              var messages = changes.ofJobs(jobs(effects));
              if (queuesUnits(effects)) {
                engine.signals().queueing(entities);
              }
              changes.announcing(entities, messages);
              return new Committed<>(result, effects, messages);
            });
    publish(committed.effects(), committed.messages());
    return committed.result();
  }

  private void publish(List<Effect> effects, List<String> messages) {
    if (effects.isEmpty()) {
      return;
    }
    if (queuesUnits(effects)) {
      engine.signals().queued();
    }
    changes.announced(messages);
    changes.unitsChanged(units(effects));
    for (Consumer<List<Effect>> subscriber : subscribers) {
      try {
        subscriber.accept(effects);
      } catch (RuntimeException e) {
        // The transaction has committed, and the other subscribers are called.
        log.error("A subscriber to the effects of transactions has failed", e);
      }
    }
  }

  private static boolean queuesUnits(List<Effect> effects) {
    return effects.stream().anyMatch(Effect.UnitsQueued.class::isInstance);
  }

  private static List<Long> jobs(List<Effect> effects) {
    return of(Effect.JobChanged.class, effects).map(Effect.JobChanged::jobId).toList();
  }

  private static Map<Long, List<ChangedUnit>> units(List<Effect> effects) {
    return of(Effect.UnitChanged.class, effects)
        .collect(
            Collectors.groupingBy(
                Effect.UnitChanged::jobId,
                LinkedHashMap::new,
                Collectors.mapping(Effect.UnitChanged::unit, Collectors.toList())));
  }

  private static <E extends Effect> Stream<E> of(Class<E> type, List<Effect> effects) {
    return effects.stream().filter(type::isInstance).map(type::cast);
  }
}
