package org.cloudcrowd.store.jpa.queue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.VersionRangeEntity;
import org.cloudcrowd.store.jpa.entity.VersionRanges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The version ranges of actions that no open job asks for any more. */
public final class UnusedVersionRanges {
  private static final Logger log = LoggerFactory.getLogger(UnusedVersionRanges.class);

  private final Transactions transactions;

  public UnusedVersionRanges(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Deletes them, each in a transaction of its own, so that no transaction has the locks of
   * several.
   *
   * @return how many
   */
  public int forget() {
    var unused =
        transactions.read(
            "find version ranges",
            entities ->
                entities
                    .createNamedQuery(VersionRangeEntity.ALL, VersionRangeEntity.class)
                    .getResultStream()
                    .filter(range -> !isAskedFor(entities, range))
                    .map(VersionRangeEntity::key)
                    .toList());
    var forgotten = new AtomicInteger();
    EachAlone.forEach(
        unused,
        key ->
            forgotten.addAndGet(
                transactions.run("forget a version range", entities -> forget(entities, key))),
        (key, cause) -> log.error("The version range {} cannot be forgotten", key, cause));
    return forgotten.get();
  }

  private static int forget(EntityManager entities, VersionRangeEntity.Key key) {
    var range = entities.find(VersionRangeEntity.class, key, LockModeType.PESSIMISTIC_WRITE);
    if (range == null || isAskedFor(entities, range)) {
      return 0;
    }
    entities.remove(range);
    return 1;
  }

  private static boolean isAskedFor(EntityManager entities, VersionRangeEntity range) {
    return !entities
        .createNamedQuery(JobEntity.OPEN_OF_VERSION_RANGE, Long.class)
        .setParameter("action", range.action())
        .setParameter("versionRange", VersionRanges.ofJobs(range.versionRange()))
        .setParameter("states", JobEntity.OPEN_STATES)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }
}
