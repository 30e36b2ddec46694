package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.Claim;

/** Takes queued units, so that no two claims ever get the same. */
interface Claims {
  /** The node whose failed units are left to others; a text that is no node's name for none. */
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
   * @param partitions where to look; of an action, no more than its partitions allow is taken from
   *     all of them
   */
  List<WorkUnitEntity> take(
      EntityManager entities, Claim claim, int limit, List<Partition> partitions, Instant now);
}
