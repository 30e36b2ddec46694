package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
   * The units that now carry the claim's token, in the order of their turns.
   *
   * @param allowed by action, how many units of it at most
   */
  List<WorkUnitEntity> take(
      EntityManager entities, Claim claim, Map<String, Integer> allowed, Instant now);
}
