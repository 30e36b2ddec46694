package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.Blacklist;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.BlacklistEntity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the blacklist in a table, which every claim reads. */
@Component
public final class JpaBlacklist implements Blacklist {
  private final Transactions transactions;
  private final Engine engine;
  private final Clock clock;

  @Activate
  public JpaBlacklist(@Reference Database database) {
    this(database, database.clock());
  }

  /** As {@link #JpaBlacklist(Database)}, by a given clock. */
  public JpaBlacklist(Database database, Clock clock) {
    transactions = database.transactions();
    engine = database.engine();
    this.clock = clock;
  }

  @Override
  public Entry add(String action, Instant endsAt) {
    return transactions.run(
        "put an action on the blacklist",
        entities -> {
          var entry = find(entities, action);
          if (entry != null && entry.isOverAt(clock.instant())) {
            entities.remove(entry);
            entities.flush();
            entry = null;
          }
          if (entry == null) {
            entry = new BlacklistEntity(action, clock.instant());
            entities.persist(entry);
          }
          entry.endAt(endsAt);
          return entry.toEntry();
        });
  }

  @Override
  public Entry remove(String action) {
    var removed =
        transactions.run(
            "take an action off the blacklist",
            entities -> {
              var entry = find(entities, action);
              if (entry == null) {
                return null;
              }
              entities.remove(entry);
              engine.signals().queueing(entities);
              return entry.isOverAt(clock.instant()) ? null : entry.toEntry();
            });
    if (removed != null) {
      engine.signals().queued();
    }
    return removed;
  }

  private static BlacklistEntity find(EntityManager entities, String action) {
    return entities
        .createNamedQuery(BlacklistEntity.OF_ACTION, BlacklistEntity.class)
        .setParameter("action", action)
        .getResultStream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<Entry> entries() {
    return transactions.read(
        "read the blacklist",
        entities ->
            entities
                .createNamedQuery(BlacklistEntity.NOW, BlacklistEntity.class)
                .setParameter("now", clock.instant())
                .getResultStream()
                .map(BlacklistEntity::toEntry)
                .toList());
  }
}
