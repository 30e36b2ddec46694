package org.cloudcrowd.store.jpa.postgres;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cloudcrowd.store.jpa.database.Claims;
import org.cloudcrowd.store.jpa.database.Partition;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.unit.Claim;

/**
 * Claims in one statement. {@code SKIP LOCKED} skips units that another claim is taking, so servers
 * neither wait for each other nor take the same unit.
 */
final class PostgresClaims implements Claims {
  /**
   * For each partition its first units, down work_units_queued; of those the first of each action,
   * as far as it is allowed, and of all of them the first. Neither actions' names nor version
   * ranges have a semicolon.
   */
  private static final String CLAIM =
      """
      with next as materialized (
        select c.id
        from (
          select q.id, q.priority, q.fairness_tag, l.allowed,
            row_number() over (partition by l.action order by q.priority, q.fairness_tag, q.id) as place
          from unnest(string_to_array(?1, ';'), string_to_array(?9, ';'),
              cast(string_to_array(?7, ';') as int[]))
            as l (action, version_range, allowed)
          cross join lateral (
            select u.id, u.priority, u.fairness_tag from work_units u
            where u.state = 'QUEUED' and u.action = l.action
              and u.version_range = l.version_range
              and (u.failed_on is null or u.failed_on <> ?8)
            order by u.priority, u.fairness_tag, u.id
            limit l.allowed
            for update skip locked) q) c
        where c.place <= c.allowed
        order by c.priority, c.fairness_tag, c.id
        limit ?2)
      update work_units u
      set state = 'RUNNING', node = ?3, attempt = u.attempt + 1, lease_token = ?4,
          leased_at = ?5, lease_ends = ?6
      from next
      where u.id = next.id
      returning u.*
      """;

  private static String joined(List<Partition> partitions, Function<Partition, Object> field) {
    return partitions.stream().map(field).map(String::valueOf).collect(Collectors.joining(";"));
  }

  @Override
  public List<WorkUnitEntity> take(
      EntityManager entities, Claim claim, int limit, List<Partition> partitions, Instant now) {
    var taken = new ArrayList<WorkUnitEntity>();
    var rows =
        entities
            .createNativeQuery(CLAIM, WorkUnitEntity.class)
            .setParameter(1, joined(partitions, Partition::action))
            .setParameter(2, limit)
            .setParameter(3, claim.node())
            .setParameter(4, claim.token())
            .setParameter(5, now.toEpochMilli())
            .setParameter(6, now.plus(claim.term()).toEpochMilli())
            .setParameter(7, joined(partitions, Partition::allowed))
            .setParameter(8, Claims.notFailedOn(claim))
            .setParameter(9, joined(partitions, Partition::versionRange))
            .getResultList();
    for (Object row : rows) {
      taken.add((WorkUnitEntity) row);
    }
    taken.sort(WorkUnitEntity.IN_CLAIM_ORDER);
    return taken;
  }
}
