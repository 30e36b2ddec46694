package org.cloudcrowd.store.jpa;

import java.time.Clock;
import java.util.List;
import org.cloudcrowd.store.RemovalQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The queue as a table. */
@Component
public final class JpaRemovalQueue implements RemovalQueue {
  private final Transactions transactions;
  private final Clock clock;

  /** Keeps the queue in a database. */
  @Activate
  public JpaRemovalQueue(@Reference Database database) {
    this(database, database.clock());
  }

  /** As {@link #JpaRemovalQueue(Database)}, by a given clock. */
  public JpaRemovalQueue(Database database, Clock clock) {
    this.transactions = database.transactions();
    this.clock = clock;
  }

  @Override
  public List<Removal> due(int limit) {
    return transactions.read(
        "list the files to remove",
        entities ->
            entities
                .createNamedQuery(RemovalEntity.DUE, RemovalEntity.class)
                .setParameter("now", clock.instant())
                .setMaxResults(limit)
                .getResultStream()
                .map(RemovalEntity::toRemoval)
                .toList());
  }

  @Override
  public void done(Removal done) {
    transactions.run(
        "record that files are removed",
        entities -> {
          var removal = entities.find(RemovalEntity.class, new RemovalKey(done));
          if (removal != null && removal.removedAt(clock.instant())) {
            entities.remove(removal);
          }
          return null;
        });
  }
}
