package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cloudcrowd.store.Claim;
import org.cloudcrowd.store.ClaimedUnit;

/** Lends queued units to a node. */
final class ClaimUnits {
  private final EntityManager entities;

  ClaimUnits(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Claims in three steps: the ids of the oldest units, one update that takes those which are still
   * queued, and a look at which carry the claim's token now. Correctness rests on the update alone.
   */
  Collection<ClaimedUnit> claim(Claim claim, Instant now) {
    var taken = new ArrayList<WorkUnitEntity>();
    for (List<Long> ids : IdBatches.of(oldestQueued(claim))) {
      entities
          .createNamedQuery(WorkUnitEntity.CLAIM)
          .setParameter("node", claim.node())
          .setParameter("token", claim.token())
          .setParameter("now", now)
          .setParameter("deadline", claim.deadline())
          .setParameter("ids", ids)
          .executeUpdate();
      taken.addAll(
          entities
              .createNamedQuery(WorkUnitEntity.CLAIMED, WorkUnitEntity.class)
              .setParameter("ids", ids)
              .setParameter("token", claim.token())
              .getResultList());
    }
    var options = optionsOf(taken);
    return taken.stream().map(unit -> unit.toClaimedUnit(options.get(unit.jobId()))).toList();
  }

  /** One query for each action, because only then does the index give the order. */
  private List<Long> oldestQueued(Claim claim) {
    return claim.actions().stream()
        .flatMap(
            action ->
                entities
                    .createNamedQuery(WorkUnitEntity.OLDEST_QUEUED, Long.class)
                    .setParameter("action", action)
                    .setMaxResults(claim.limit())
                    .getResultStream())
        .sorted()
        .limit(claim.limit())
        .toList();
  }

  private Map<Long, String> optionsOf(List<WorkUnitEntity> units) {
    var jobs = units.stream().map(WorkUnitEntity::jobId).collect(Collectors.toSet());
    var options = new HashMap<Long, String>();
    for (List<Long> ids : IdBatches.of(jobs)) {
      entities
          .createNamedQuery(JobEntity.OPTIONS, Object[].class)
          .setParameter("ids", ids)
          .getResultStream()
          .forEach(row -> options.put((Long) row[0], (String) row[1]));
    }
    return options;
  }
}
