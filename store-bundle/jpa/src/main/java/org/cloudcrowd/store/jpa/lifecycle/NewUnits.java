package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import java.util.stream.Stream;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.state.UnitState;

/** Stores the units that a job begins with. */
final class NewUnits {
  /** How many new rows are held in memory before they are sent. */
  private static final int FLUSH_EVERY = 500;

  private final EntityManager entities;
  private final Effects effects;

  NewUnits(EntityManager entities, Effects effects) {
    this.entities = entities;
    this.effects = effects;
  }

  /**
   * Stores a unit for each input, and detaches entities that were read before.
   *
   * @param fairnessTag the fairness tag of the first
   * @return how many
   */
  int store(JobEntity job, UnitState state, Stream<String> inputs, long fairnessTag) {
    var stage = job.splits() ? Stage.SPLIT : Stage.PROCESS;
    int count = 0;
    for (var input = inputs.iterator(); input.hasNext(); count++) {
      entities.persist(
          new WorkUnitEntity(job, stage, state, count, 0, input.next(), fairnessTag + count));
      if (count % FLUSH_EVERY == FLUSH_EVERY - 1) {
        entities.flush();
        entities.clear();
      }
    }
    entities.flush();
    entities.clear();
    effects.unitsQueued(state == UnitState.QUEUED ? count : 0);
    return count;
  }
}
