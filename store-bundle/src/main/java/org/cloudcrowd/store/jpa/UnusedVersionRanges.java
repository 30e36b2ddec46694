package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

/** The version ranges of actions that no open job asks for any more. */
final class UnusedVersionRanges {
  private final Transactions transactions;

  UnusedVersionRanges(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Forgets them, each in a transaction of its own, so that none holds the lock of another while it
   * looks.
   *
   * @return how many
   */
  int forget() {
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
    return unused.stream()
        .mapToInt(
            key -> transactions.run("forget a version range", entities -> forget(entities, key)))
        .sum();
  }

  private static int forget(EntityManager entities, VersionRangeKey key) {
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
        .setParameter("versionRange", range.versionRange())
        .setParameter("states", JpaWorkQueries.OPEN)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }
}
