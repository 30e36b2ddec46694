package org.cloudcrowd.store.jpa.derby;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.cloudcrowd.store.jpa.database.Claims;
import org.cloudcrowd.store.jpa.database.IdBatches;
import org.cloudcrowd.store.jpa.database.Partition;
import org.cloudcrowd.store.jpa.entity.QueuedUnit;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.unit.Claim;

/**
 * Claims in three steps, since Derby has no {@code SKIP LOCKED}: the first units of the queue, one
 * update that takes those which are still queued, and a query for those that have the claim's
 * token. Only the update decides.
 */
final class DerbyClaims implements Claims {

  @Override
  public List<WorkUnitEntity> take(
      EntityManager entities, Claim claim, int limit, List<Partition> partitions, Instant now) {
    var taken = new ArrayList<WorkUnitEntity>();
    for (List<Long> ids : IdBatches.of(next(entities, claim, limit, partitions))) {
      entities
          .createNamedQuery(WorkUnitEntity.CLAIM)
          .setParameter("node", claim.node())
          .setParameter("token", claim.token())
          .setParameter("now", now)
          .setParameter("deadline", now.plus(claim.term()))
          .setParameter("ids", ids)
          .executeUpdate();
      taken.addAll(
          entities
              .createNamedQuery(WorkUnitEntity.CLAIMED, WorkUnitEntity.class)
              .setParameter("ids", ids)
              .setParameter("token", claim.token())
              .getResultList());
    }
    taken.sort(WorkUnitEntity.IN_CLAIM_ORDER);
    return taken;
  }

  private record Candidate(Partition partition, QueuedUnit unit) {}

  /** One query for each partition, because only then does the index give the order. */
  private static List<Long> next(
      EntityManager entities, Claim claim, int limit, List<Partition> partitions) {
    var notFailedOn = Claims.notFailedOn(claim);
    var taken = new HashMap<String, Integer>();
    return partitions.stream()
        .flatMap(
            partition ->
                entities
                    .createNamedQuery(WorkUnitEntity.NEXT_QUEUED_FOR, QueuedUnit.class)
                    .setParameter("action", partition.action())
                    .setParameter("versionRange", partition.versionRange())
                    .setParameter("notFailedOn", notFailedOn)
                    .setMaxResults(partition.allowed())
                    .getResultStream()
                    .map(unit -> new Candidate(partition, unit)))
        .sorted(
            Comparator.comparing(
                Candidate::unit,
                Comparator.comparingInt(QueuedUnit::priority)
                    .thenComparingLong(QueuedUnit::fairnessTag)
                    .thenComparingLong(QueuedUnit::id)))
        .filter(
            next ->
                taken.merge(next.partition().action(), 1, Integer::sum)
                    <= next.partition().allowed())
        .limit(limit)
        .map(next -> next.unit().id())
        .toList();
  }
}
