package org.cloudcrowd.store.jpa.database;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.unit.Claim;

/** Takes queued units for a claim; no two claims ever take the same unit. */
public interface Claims {
  /** The node whose failed units are not taken; a text that is not the name of a node for none. */
  static String notFailedOn(Claim claim) {
    return switch (claim.retries()) {
      case HERE -> "*";
      case ELSEWHERE -> claim.node();
    };
  }

  /**
   * The units that now have the claim's token, in the order in which they were claimed.
   *
   * @param limit how many units at most, from 1
   * @param partitions the partitions to take from; no more units of an action are taken than its
   *     partitions allow
   */
  List<WorkUnitEntity> take(
      EntityManager entities, Claim claim, int limit, List<Partition> partitions, Instant now);
}
