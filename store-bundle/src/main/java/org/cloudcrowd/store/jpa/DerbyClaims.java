package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.cloudcrowd.store.Claim;

/**
 * Claims in three steps, since Derby knows no {@code SKIP LOCKED}: the units whose turn it is, one
 * update that takes those which are still queued, and a look at which carry the claim's token now.
 * Correctness rests on the update alone.
 */
final class DerbyClaims implements Claims {

  @Override
  public List<WorkUnitEntity> take(
      EntityManager entities, Claim claim, int limit, List<Lane> lanes, Instant now) {
    var taken = new ArrayList<WorkUnitEntity>();
    for (List<Long> ids : IdBatches.of(next(entities, claim, limit, lanes))) {
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
    taken.sort(WorkUnitEntity.BY_TURN);
    return taken;
  }

  private record Candidate(Lane lane, QueuedUnit unit) {}

  /** One query for each lane, because only then does the index give the order. */
  private static List<Long> next(EntityManager entities, Claim claim, int limit, List<Lane> lanes) {
    var notFailedOn = Claims.notFailedOn(claim);
    var taken = new HashMap<String, Integer>();
    return lanes.stream()
        .flatMap(
            lane ->
                entities
                    .createNamedQuery(WorkUnitEntity.NEXT_QUEUED_FOR, QueuedUnit.class)
                    .setParameter("action", lane.action())
                    .setParameter("versionRange", lane.versionRange())
                    .setParameter("notFailedOn", notFailedOn)
                    .setMaxResults(lane.allowed())
                    .getResultStream()
                    .map(unit -> new Candidate(lane, unit)))
        .sorted(
            Comparator.comparing(
                Candidate::unit,
                Comparator.comparingInt(QueuedUnit::priority)
                    .thenComparingLong(QueuedUnit::turn)
                    .thenComparingLong(QueuedUnit::id)))
        .filter(next -> taken.merge(next.lane().action(), 1, Integer::sum) <= next.lane().allowed())
        .limit(limit)
        .map(next -> next.unit().id())
        .toList();
  }
}
