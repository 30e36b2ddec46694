package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.Claim;

/** Takes queued units, so that no two claims ever get the same. */
interface Claims {
  /** The units that now carry the claim's token, in the order of their turns. */
  List<WorkUnitEntity> take(EntityManager entities, Claim claim, Instant now);
}
