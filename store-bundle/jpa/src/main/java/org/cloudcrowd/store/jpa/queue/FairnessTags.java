package org.cloudcrowd.store.jpa.queue;

import jakarta.persistence.EntityManager;
import java.util.stream.Stream;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.Partition;
import org.cloudcrowd.store.jpa.entity.ActionEntity;
import org.cloudcrowd.store.jpa.entity.QueuedUnit;
import org.cloudcrowd.store.jpa.entity.VersionRangeEntity;
import org.cloudcrowd.store.jpa.entity.VersionRanges;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;

/**
 * Numbers units so that jobs of equal priority share the nodes, however many units each has.
 *
 * <p>A fairness tag is the start tag of start-time fair queueing (P. Goyal, H. Vin, H. Cheng,
 * SIGCOMM 1996) with units of equal length: the units of a job get consecutive tags from the one in
 * service when they are stored. So a job of a million units and a job of ten that is submitted
 * later get as many units claimed each, and a claim needs nothing but the index.
 */
public final class FairnessTags {
  private final EntityManager entities;
  private final Engine engine;

  public FairnessTags(EntityManager entities, Engine engine) {
    this.entities = entities;
    this.engine = engine;
  }

  /**
   * The tag in service: the greatest of a running unit, else the least of a queued unit, else 0.
   */
  public long now() {
    var running = (Number) entities.createNativeQuery(engine.tagInService()).getSingleResult();
    if (running != null) {
      return running.longValue();
    }
    // Where nothing runs, there is seldom anything queued; this query tells.
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
            .map(action -> new Partition(action.name(), VersionRanges.ANY, 1));
    var ranges =
        entities
            .createNamedQuery(VersionRangeEntity.ALL, VersionRangeEntity.class)
            .getResultStream()
            .map(range -> new Partition(range.action(), range.versionRange(), 1));
    return Stream.concat(any, ranges)
        .flatMap(
            partition ->
                entities
                    .createNamedQuery(WorkUnitEntity.NEXT_QUEUED, QueuedUnit.class)
                    .setParameter("action", partition.action())
                    .setParameter("versionRange", partition.versionRange())
                    .setMaxResults(partition.allowed())
                    .getResultStream())
        .mapToLong(QueuedUnit::fairnessTag)
        .min()
        .orElse(0);
  }
}
