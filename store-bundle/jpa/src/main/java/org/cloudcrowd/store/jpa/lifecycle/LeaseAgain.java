package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.WorkQueries.CurrentLease;
import org.cloudcrowd.store.jpa.entity.AttemptEntity;
import org.cloudcrowd.store.jpa.entity.LeasedUnit;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.unit.Attempt;
import org.cloudcrowd.store.unit.Runner;
import org.cloudcrowd.store.unit.UnitResult;

/**
 * Leases a unit to the node of an earlier attempt, so that a late result of that attempt is
 * accepted.
 */
public final class LeaseAgain {
  private static final String LATER =
      "given up: a worker that had the work unit before has returned its result";

  private final EntityManager entities;
  private final CompleteUnits results;

  public LeaseAgain(EntityManager entities, CompleteUnits results) {
    this.entities = entities;
    this.results = results;
  }

  /**
   * Leases a unit again, and gives up a later attempt at it.
   *
   * @return the new lease, or null where no attempt at the unit was given up, or it has ended
   */
  public CurrentLease lease(long unitId, String token, Instant now, Duration term) {
    String node = nodeOfAttemptGivenUp(unitId);
    if (node == null) {
      return null;
    }
    var lease = claim(unitId, node, token, now, term);
    // A later attempt may have begun between the look for one and the claim.
    return lease != null || running(unitId).isEmpty()
        ? lease
        : claim(unitId, node, token, now, term);
  }

  private CurrentLease claim(long unitId, String node, String token, Instant now, Duration term) {
    giveUpLater(unitId);
    entities
        .createNamedQuery(WorkUnitEntity.QUEUE_DELAYED)
        .setParameter("id", unitId)
        .executeUpdate();
    entities
        .createNamedQuery(WorkUnitEntity.CLAIM)
        .setParameter("ids", List.of(unitId))
        .setParameter("node", node)
        .setParameter("token", token)
        .setParameter("now", now)
        .setParameter("deadline", now.plus(term))
        .executeUpdate();
    return running(unitId).stream()
        .map(LeasedUnit::currentLease)
        .filter(lease -> lease.lease().token().equals(token))
        .findFirst()
        .orElse(null);
  }

  private String nodeOfAttemptGivenUp(long unitId) {
    return entities
        .createNamedQuery(WorkUnitEntity.JOBS_OF_UNITS, Object[].class)
        .setParameter("ids", List.of(unitId))
        .getResultStream()
        .flatMap(row -> attempts((Long) row[1], unitId).stream())
        .map(AttemptEntity::toAttempt)
        .filter(attempt -> isGivenUp(attempt.outcome()))
        .map(Attempt::node)
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  private List<AttemptEntity> attempts(long jobId, long unitId) {
    return entities
        .createNamedQuery(AttemptEntity.OF_UNIT, AttemptEntity.class)
        .setParameter("jobId", jobId)
        .setParameter("unitId", unitId)
        .getResultList();
  }

  private static boolean isGivenUp(AttemptOutcome outcome) {
    return outcome == AttemptOutcome.HANDED_BACK || outcome == AttemptOutcome.NODE_LOST;
  }

  private void giveUpLater(long unitId) {
    var later = running(unitId);
    if (!later.isEmpty()) {
      results.complete(
          List.of(
              new UnitResult.Unsuccessful(
                  later.get(0).lease(), Runner.UNKNOWN, AttemptOutcome.HANDED_BACK, LATER)),
          List.of());
    }
  }

  private List<LeasedUnit> running(long unitId) {
    return entities
        .createNamedQuery(WorkUnitEntity.LEASED, LeasedUnit.class)
        .setParameter("ids", List.of(unitId))
        .getResultList();
  }
}
