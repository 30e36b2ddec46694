package org.cloudcrowd.store.jpa.queue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cloudcrowd.store.jpa.database.Claims;
import org.cloudcrowd.store.jpa.database.IdBatches;
import org.cloudcrowd.store.jpa.database.Partition;
import org.cloudcrowd.store.jpa.entity.ActionEntity;
import org.cloudcrowd.store.jpa.entity.BlacklistEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.JobForUnits;
import org.cloudcrowd.store.jpa.entity.NodeEntity;
import org.cloudcrowd.store.jpa.entity.VersionRangeEntity;
import org.cloudcrowd.store.jpa.entity.VersionRanges;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.unit.Claim;
import org.cloudcrowd.store.unit.ClaimedUnit;

/** Claims queued units for a node, with the rules of their jobs. */
public final class ClaimUnits {
  private final EntityManager entities;
  private final Claims claims;

  public ClaimUnits(EntityManager entities, Claims claims) {
    this.entities = entities;
    this.claims = claims;
  }

  public Collection<ClaimedUnit> claim(Claim claim, Instant now) {
    if (getsNothing(claim.node(), now)) {
      return List.of();
    }
    var limited = limitedActions(claim, now);
    var allowed = new LinkedHashMap<String, Integer>();
    var blacklist = blacklist(now);
    for (String action : claim.actions().keySet()) {
      var limit = limited.get(action);
      int most =
          limit == null
              ? claim.limit()
              : Math.min(claim.limit(), limit.allowed(claim.limits().get(action), running(action)));
      if (most > 0 && !blacklist.contains(action)) {
        allowed.put(action, most);
      }
    }
    if (allowed.isEmpty()) {
      return List.of();
    }
    var ranges = rangesFor(claim, allowed.keySet());
    var taken = new ArrayList<WorkUnitEntity>();
    if (claim.isolated()) {
      takeIsolated(claim, allowed, ranges, now).ifPresent(taken::add);
    }
    int limit = claim.limit() - taken.size();
    if (limit > 0 && !allowed.isEmpty()) {
      taken.addAll(claims.take(entities, claim, limit, partitions(allowed, ranges), now));
    }
    taken.stream()
        .map(WorkUnitEntity::action)
        .filter(limited::containsKey)
        .forEach(action -> limited.get(action).begun());
    var jobs = jobsOf(taken);
    return taken.stream().map(unit -> unit.toClaimedUnit(jobs.get(unit.jobId()))).toList();
  }

  /**
   * Whether the node is drained or quarantined; a server learns only with the next heartbeat what
   * another server was told.
   */
  private boolean getsNothing(String node, Instant now) {
    return entities
            .createNamedQuery(NodeEntity.COUNT_INELIGIBLE, Long.class)
            .setParameter("name", node)
            .setParameter("now", now)
            .getSingleResult()
        > 0;
  }

  private List<VersionRangeEntity> rangesFor(Claim claim, Set<String> actions) {
    return VersionRangeEntity.ofActions(entities, actions).stream()
        .filter(range -> range.includesAny(claim.actions().get(range.action())))
        .toList();
  }

  /**
   * Takes an isolated unit first; after the others it might never be taken, where a node always has
   * work.
   */
  private Optional<WorkUnitEntity> takeIsolated(
      Claim claim, Map<String, Integer> allowed, List<VersionRangeEntity> ranges, Instant now) {
    var partitions =
        ranges.stream()
            .filter(VersionRangeEntity::isIsolated)
            .map(range -> new Partition(range.action(), range.versionRange(), 1))
            .toList();
    if (partitions.isEmpty()) {
      return Optional.empty();
    }
    var taken = claims.take(entities, claim, 1, partitions, now).stream().findFirst();
    taken.ifPresent(
        unit -> allowed.computeIfPresent(unit.action(), (a, most) -> most == 1 ? null : most - 1));
    return taken;
  }

  /** The partitions for units of any version, and of the ranges that hold a version of the node. */
  private static List<Partition> partitions(
      Map<String, Integer> allowed, List<VersionRangeEntity> ranges) {
    var partitions = new ArrayList<Partition>();
    allowed.forEach(
        (action, most) -> partitions.add(new Partition(action, VersionRanges.ANY, most)));
    ranges.stream()
        .filter(range -> !range.isIsolated() && allowed.containsKey(range.action()))
        .map(
            range ->
                new Partition(range.action(), range.versionRange(), allowed.get(range.action())))
        .forEach(partitions::add);
    return partitions;
  }

  private List<String> blacklist(Instant now) {
    return entities
        .createNamedQuery(BlacklistEntity.ACTIONS_NOW, String.class)
        .setParameter("now", now)
        .getResultList();
  }

  /**
   * Locks the rows of limited actions, in one order, so that no two claims use the same allowance.
   */
  private Map<String, ActionEntity> limitedActions(Claim claim, Instant now) {
    var limited = new HashMap<String, ActionEntity>();
    for (String action : new TreeSet<>(claim.limits().keySet())) {
      var row = entities.find(ActionEntity.class, action, LockModeType.PESSIMISTIC_WRITE);
      if (row != null && claim.actions().containsKey(action)) {
        row.refill(claim.limits().get(action), now);
        limited.put(action, row);
      }
    }
    return limited;
  }

  private long running(String action) {
    return entities
        .createNamedQuery(WorkUnitEntity.COUNT_RUNNING, Long.class)
        .setParameter("action", action)
        .getSingleResult();
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
