package org.cloudcrowd.store.jpa.service;

import java.time.Clock;
import java.util.List;
import org.cloudcrowd.store.FileDeletionQueue;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.FileDeletionEntity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the file deletions in a table. */
@Component
public final class JpaFileDeletionQueue implements FileDeletionQueue {
  private final Transactions transactions;
  private final Clock clock;

  @Activate
  public JpaFileDeletionQueue(@Reference Database database) {
    this(database, database.clock());
  }

  /** As {@link #JpaFileDeletionQueue(Database)}, by a given clock. */
  public JpaFileDeletionQueue(Database database, Clock clock) {
    this.transactions = database.transactions();
    this.clock = clock;
  }

  @Override
  public List<FileDeletion> due(int limit) {
    return transactions.read(
        "list the files to delete",
        entities ->
            entities
                .createNamedQuery(FileDeletionEntity.DUE, FileDeletionEntity.class)
                .setParameter("now", clock.instant())
                .setMaxResults(limit)
                .getResultStream()
                .map(FileDeletionEntity::toFileDeletion)
                .toList());
  }

  @Override
  public void done(FileDeletion done) {
    transactions.run(
        "record that files were deleted",
        entities -> {
          var deletion = entities.find(FileDeletionEntity.class, new FileDeletionEntity.Key(done));
          if (deletion != null && deletion.deleted(clock.instant())) {
            entities.remove(deletion);
          }
          return null;
        });
  }
}
