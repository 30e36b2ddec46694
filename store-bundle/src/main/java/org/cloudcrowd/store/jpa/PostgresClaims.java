package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cloudcrowd.store.Claim;

/**
 * Claims in one statement. {@code SKIP LOCKED} leaves what another claim is just taking, so servers
 * neither wait for each other nor get the same.
 */
final class PostgresClaims implements Claims {
  /**
   * For each action the units whose turn it is, down work_units_queued, and of all of them the
   * first. Actions have no commas in their names.
   */
  private static final String CLAIM =
      """
      with next as materialized (
        select q.id
        from unnest(string_to_array(?1, ','), cast(string_to_array(?7, ',') as int[]))
          as a (action, allowed)
        cross join lateral (
          select u.id, u.priority, u.turn from work_units u
          where u.state = 'QUEUED' and u.action = a.action
            and (u.failed_on is null or u.failed_on <> ?8)
          order by u.priority, u.turn, u.id
          limit a.allowed
          for update skip locked) q
        order by q.priority, q.turn, q.id
        limit ?2)
      update work_units u
      set state = 'RUNNING', node = ?3, attempt = u.attempt + 1, lease_token = ?4,
          leased_at = ?5, lease_ends = ?6
      from next
      where u.id = next.id
      returning u.*
      """;

  @Override
  public List<WorkUnitEntity> take(
      EntityManager entities, Claim claim, Map<String, Integer> allowed, Instant now) {
    var taken = new ArrayList<WorkUnitEntity>();
    var rows =
        entities
            .createNativeQuery(CLAIM, WorkUnitEntity.class)
            .setParameter(1, String.join(",", allowed.keySet()))
            .setParameter(2, claim.limit())
            .setParameter(3, claim.node())
            .setParameter(4, claim.token())
            .setParameter(5, now.toEpochMilli())
            .setParameter(6, now.plus(claim.term()).toEpochMilli())
            .setParameter(
                7, allowed.values().stream().map(String::valueOf).collect(Collectors.joining(",")))
            .setParameter(8, Claims.notFailedOn(claim))
            .getResultList();
    for (Object row : rows) {
      taken.add((WorkUnitEntity) row);
    }
    taken.sort(WorkUnitEntity.BY_TURN);
    return taken;
  }
}
