package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cloudcrowd.store.Claim;
import org.cloudcrowd.store.ClaimedUnit;

/** Lends queued units to a node, with what their jobs say. */
final class ClaimUnits {
  private final EntityManager entities;
  private final Claims claims;

  ClaimUnits(EntityManager entities, Claims claims) {
    this.entities = entities;
    this.claims = claims;
  }

  Collection<ClaimedUnit> claim(Claim claim, Instant now) {
    var taken = claims.take(entities, claim, now);
    var jobs = jobsOf(taken);
    return taken.stream().map(unit -> unit.toClaimedUnit(jobs.get(unit.jobId()))).toList();
  }

  private Map<Long, JobForUnits> jobsOf(List<WorkUnitEntity> units) {
    var jobs = units.stream().map(WorkUnitEntity::jobId).collect(Collectors.toSet());
    var found = new HashMap<Long, JobForUnits>();
    for (List<Long> ids : IdBatches.of(jobs)) {
      entities
          .createNamedQuery(JobEntity.FOR_UNITS, JobForUnits.class)
          .setParameter("ids", ids)
          .getResultStream()
          .forEach(job -> found.put(job.id(), job));
    }
    return found;
  }
}
