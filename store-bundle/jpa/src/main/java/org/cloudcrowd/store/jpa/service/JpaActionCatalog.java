package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.ActionEntity;
import org.cloudcrowd.store.jpa.entity.ActionVersionEntity;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the action catalog in a table. */
@Component
public final class JpaActionCatalog implements ActionCatalog {
  private final Transactions transactions;
  private final Clock clock;

  @Activate
  public JpaActionCatalog(@Reference Database database) {
    this(database, database.clock());
  }

  /** As {@link #JpaActionCatalog(Database)}, by a given clock. */
  public JpaActionCatalog(Database database, Clock clock) {
    transactions = database.transactions();
    this.clock = clock;
  }

  @Override
  public void record(Collection<KnownAction> actions) {
    transactions.run(
        "record a node's actions",
        entities -> {
          var now = clock.instant();
          actions.forEach(action -> record(entities, action, now));
          return null;
        });
  }

  private static void record(EntityManager entities, KnownAction action, Instant now) {
    if (entities.find(ActionEntity.class, action.name()) == null) {
      entities.persist(new ActionEntity(action.name()));
    }
    var known =
        entities.find(
            ActionVersionEntity.class,
            new ActionVersionEntity.Key(action.name(), action.version().toString()));
    if (known == null) {
      entities.persist(new ActionVersionEntity(action, now));
    } else {
      known.recorded(action, now);
    }
  }

  @Override
  public int keep(Map<String, Set<Version>> advertised, Instant recordedBefore) {
    if (superseded(advertised, recordedBefore).isEmpty()) {
      return 0;
    }
    return transactions.run(
        "forget versions that no node advertises",
        entities -> {
          var gone = superseded(entities, advertised, recordedBefore);
          gone.forEach(entities::remove);
          return gone.size();
        });
  }

  /** Read first, because a transaction that may write waits for other writers. */
  private List<ActionVersionEntity> superseded(
      Map<String, Set<Version>> advertised, Instant recordedBefore) {
    return transactions.read(
        "find versions that no node advertises",
        entities -> superseded(entities, advertised, recordedBefore));
  }

  private static List<ActionVersionEntity> superseded(
      EntityManager entities, Map<String, Set<Version>> advertised, Instant recordedBefore) {
    return entities
        .createNamedQuery(ActionVersionEntity.RECORDED_BEFORE, ActionVersionEntity.class)
        .setParameter("before", recordedBefore)
        .getResultStream()
        .filter(known -> advertised.containsKey(known.action()))
        .filter(known -> !advertised.get(known.action()).contains(known.version()))
        .toList();
  }

  @Override
  public List<KnownAction> versions(String name) {
    return transactions.read(
        "read an action",
        entities ->
            entities
                .createNamedQuery(ActionVersionEntity.OF_ACTION, ActionVersionEntity.class)
                .setParameter("action", name)
                .getResultStream()
                .map(ActionVersionEntity::toKnownAction)
                .sorted(Comparator.comparing(KnownAction::version).reversed())
                .toList());
  }

  @Override
  public List<String> names() {
    return transactions.read(
        "read the actions",
        entities ->
            entities
                .createNamedQuery(ActionEntity.ALL, ActionEntity.class)
                .getResultStream()
                .map(ActionEntity::name)
                .toList());
  }
}
