package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.store.Claim;

/**
 * Claims in three steps, since Derby knows no {@code SKIP LOCKED}: the units whose turn it is, one
 * update that takes those which are still queued, and a look at which carry the claim's token now.
 * Correctness rests on the update alone.
 */
final class DerbyClaims implements Claims {

  @Override
  public List<WorkUnitEntity> take(
      EntityManager entities, Claim claim, Map<String, Integer> allowed, Instant now) {
    var taken = new ArrayList<WorkUnitEntity>();
    for (List<Long> ids : IdBatches.of(next(entities, claim, allowed))) {
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

  /** One query for each action, because only then does the index give the order. */
  private static List<Long> next(
      EntityManager entities, Claim claim, Map<String, Integer> allowed) {
    var notFailedOn = Claims.notFailedOn(claim);
    return allowed.entrySet().stream()
        .flatMap(
            action ->
                entities
                    .createNamedQuery(WorkUnitEntity.NEXT_QUEUED_FOR, QueuedUnit.class)
                    .setParameter("action", action.getKey())
                    .setParameter("notFailedOn", notFailedOn)
                    .setMaxResults(action.getValue())
                    .getResultStream())
        .sorted(
            Comparator.comparingInt(QueuedUnit::priority)
                .thenComparingLong(QueuedUnit::turn)
                .thenComparingLong(QueuedUnit::id))
        .limit(claim.limit())
        .map(QueuedUnit::id)
        .toList();
  }
}
