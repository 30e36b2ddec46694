package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.WorkQueries.UnitEnd;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.state.UnitState;

/** Reads how the units of jobs ended. */
public final class JobOutputs {
  private final EntityManager entities;

  public JobOutputs(EntityManager entities) {
    this.entities = entities;
  }

  /** The outputs of a complete job: those of its merge or, without one, of its process stage. */
  public List<UnitEnd> of(long jobId) {
    var merged = ofStage(jobId, Stage.MERGE);
    return merged.isEmpty() ? ofStage(jobId, Stage.PROCESS) : merged;
  }

  /** How the units of a stage ended, in the order of the inputs. */
  List<UnitEnd> ofStage(long jobId, Stage stage) {
    return entities
        .createNamedQuery(WorkUnitEntity.OUTPUTS, Object[].class)
        .setParameter("jobId", jobId)
        .setParameter("stage", stage)
        .getResultStream()
        .map(JobOutputs::end)
        .toList();
  }

  private static UnitEnd end(Object[] row) {
    return switch ((UnitState) row[0]) {
      case SUCCEEDED -> new UnitEnd((String) row[1], null);
      case FAILED -> new UnitEnd(null, (String) row[2]);
      case CANCELLED -> new UnitEnd(null, "cancelled");
      case WAITING, THROTTLED, QUEUED, DELAYED, RUNNING ->
          throw new IllegalStateException("a complete job has a unit that is " + row[0]);
    };
  }
}
