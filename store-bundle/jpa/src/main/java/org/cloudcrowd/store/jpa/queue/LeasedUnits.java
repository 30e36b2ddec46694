package org.cloudcrowd.store.jpa.queue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.jpa.database.IdBatches;
import org.cloudcrowd.store.jpa.entity.LeasedUnit;
import org.cloudcrowd.store.jpa.entity.StorableText;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.UnitState;

/**
 * The leased units, and the guarded updates that end a lease: each returns whether the lease was
 * current.
 */
public final class LeasedUnits {
  /** The length of the column; more would not help a reader. */
  private final EntityManager entities;

  public LeasedUnits(EntityManager entities) {
    this.entities = entities;
  }

  /** The leases that are current, with their units. */
  public Map<Lease, LeasedUnit> current(Collection<Lease> leases) {
    var current = new HashMap<Lease, LeasedUnit>();
    for (List<Long> ids : IdBatches.of(leases.stream().map(Lease::unitId).toList())) {
      entities
          .createNamedQuery(WorkUnitEntity.LEASED, LeasedUnit.class)
          .setParameter("ids", ids)
          .getResultStream()
          .forEach(unit -> current.put(unit.lease(), unit));
    }
    current.keySet().retainAll(leases);
    return current;
  }

  public List<LeasedUnit> heldBy(String node, Instant claimedBefore) {
    return entities
        .createNamedQuery(WorkUnitEntity.HELD_BY_NODE, LeasedUnit.class)
        .setParameter("node", node)
        .setParameter("claimedBefore", claimedBefore)
        .getResultList();
  }

  public List<LeasedUnit> expired(Instant now, long after, int limit) {
    return entities
        .createNamedQuery(WorkUnitEntity.EXPIRED, LeasedUnit.class)
        .setParameter("now", now)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  public List<LeasedUnit> ofJob(long jobId) {
    return entities
        .createNamedQuery(WorkUnitEntity.RUNNING_OF_JOB, LeasedUnit.class)
        .setParameter("jobId", jobId)
        .getResultList();
  }

  public void renew(String node, Collection<Long> unitIds, Instant deadline) {
    for (List<Long> ids : IdBatches.of(unitIds)) {
      entities
          .createNamedQuery(WorkUnitEntity.RENEW)
          .setParameter("deadline", deadline)
          .setParameter("ids", ids)
          .setParameter("node", node)
          .executeUpdate();
    }
  }

  /**
   * Ends the lease of a unit that has not succeeded, and fails it or queues it again.
   *
   * @param versionRange under which it waits from now on
   */
  public boolean endWithoutSuccess(
      LeasedUnit unit,
      UnitState next,
      String versionRange,
      AttemptOutcome outcome,
      String message) {
    UnitState.RUNNING.changeTo(next, unit.id());
    return endOfLease(WorkUnitEntity.END_WITHOUT_SUCCESS, unit, versionRange, outcome, message)
            .setParameter("state", next)
            .executeUpdate()
        == 1;
  }

  /** Ends the lease of a unit that has not succeeded, and that is queued again at a later time. */
  public boolean delay(
      LeasedUnit unit, Instant availableAt, AttemptOutcome outcome, String message) {
    UnitState.RUNNING.changeTo(UnitState.DELAYED, unit.id());
    return endOfLease(WorkUnitEntity.DELAY, unit, unit.versionRange(), outcome, message)
            .setParameter("availableAt", availableAt)
            .executeUpdate()
        == 1;
  }

  private Query endOfLease(
      String update, LeasedUnit unit, String versionRange, AttemptOutcome outcome, String message) {
    boolean isLoss = outcome == AttemptOutcome.NODE_LOST;
    return guarded(update, unit.lease())
        .setParameter("failedOn", outcome.countsAsFailure() || isLoss ? unit.node() : "")
        .setParameter("failures", outcome.countsAsFailure() ? 1 : 0)
        .setParameter("losses", isLoss ? 1 : 0)
        .setParameter("versionRange", versionRange)
        .setParameter("message", StorableText.message(message));
  }

  public boolean release(Lease lease) {
    UnitState.RUNNING.changeTo(UnitState.QUEUED, lease.unitId());
    return guarded(WorkUnitEntity.RELEASE, lease).executeUpdate() == 1;
  }

  /** Deletes a split unit, whose parts replace it. */
  public boolean remove(Lease lease) {
    return guarded(WorkUnitEntity.REMOVE, lease).executeUpdate() == 1;
  }

  private Query guarded(String update, Lease lease) {
    return entities
        .createNamedQuery(update)
        .setParameter("id", lease.unitId())
        .setParameter("attempt", lease.attempt())
        .setParameter("token", lease.token());
  }
}
