package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.util.stream.Stream;

/**
 * Gives units their turns, so that jobs of equal priority share the nodes however many units each
 * has.
 *
 * <p>A turn is the start tag of start-time fair queueing (P. Goyal, H. Vin, H. Cheng, SIGCOMM 1996)
 * with units of equal length: a job's units get consecutive turns from the one that is in service
 * when they come. So a job of a million units and one of ten that comes later are served in turns,
 * and a claim needs nothing but the index.
 */
final class Turns {
  private final EntityManager entities;
  private final Engine engine;

  Turns(EntityManager entities, Engine engine) {
    this.entities = entities;
    this.engine = engine;
  }

  /** The turn in service: the greatest that runs, else the first that waits, else the beginning. */
  long now() {
    var running = (Number) entities.createNativeQuery(engine.turnInService()).getSingleResult();
    if (running != null) {
      return running.longValue();
    }
    // Where nothing runs, there is seldom anything that waits; then one look is enough.
    return isAnyWaiting() ? firstWaiting() : 0;
  }

  private boolean isAnyWaiting() {
    return !entities
        .createNamedQuery(WorkUnitEntity.ANY_QUEUED, Long.class)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  private long firstWaiting() {
    var any =
        entities
            .createNamedQuery(ActionEntity.ALL, ActionEntity.class)
            .getResultStream()
            .map(action -> new Lane(action.name(), VersionRanges.ANY, 1));
    var ranges =
        entities
            .createNamedQuery(VersionRangeEntity.ALL, VersionRangeEntity.class)
            .getResultStream()
            .map(range -> new Lane(range.action(), range.versionRange(), 1));
    return Stream.concat(any, ranges)
        .flatMap(
            lane ->
                entities
                    .createNamedQuery(WorkUnitEntity.NEXT_QUEUED, QueuedUnit.class)
                    .setParameter("action", lane.action())
                    .setParameter("versionRange", lane.versionRange())
                    .setMaxResults(lane.allowed())
                    .getResultStream())
        .mapToLong(QueuedUnit::turn)
        .min()
        .orElse(0);
  }
}
