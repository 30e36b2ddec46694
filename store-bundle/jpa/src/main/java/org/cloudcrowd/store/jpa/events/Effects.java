package org.cloudcrowd.store.jpa.events;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.Change.ChangedUnit;
import org.cloudcrowd.store.Effect;
import org.cloudcrowd.store.state.UnitState;

/** Collects the effects of one transaction while it runs. For one thread. */
public final class Effects {
  private boolean queued;
  private final Set<Long> jobs = new LinkedHashSet<>();
  private final List<Effect> others = new ArrayList<>();

  /** Adds that units were queued, where there are any. */
  public void unitsQueued(long count) {
    queued |= count > 0;
  }

  public void jobChanged(long jobId) {
    jobs.add(jobId);
  }

  /**
   * Adds that the state of a unit has changed.
   *
   * @param node the node that has its lease, or null
   */
  public void unitChanged(long jobId, long unitId, UnitState state, String node) {
    others.add(new Effect.UnitChanged(jobId, new ChangedUnit(unitId, state, node)));
  }

  public void attemptEnded(Effect.AttemptEnded attempt) {
    others.add(attempt);
  }

  public void resultRejected(Lease lease) {
    others.add(new Effect.ResultRejected(lease));
  }

  /**
   * The effects: queued units first, then each changed job once, then the others as they were
   * added.
   */
  List<Effect> list() {
    var all = new ArrayList<Effect>();
    if (queued) {
      all.add(new Effect.UnitsQueued());
    }
    jobs.forEach(job -> all.add(new Effect.JobChanged(job)));
    all.addAll(others);
    return all;
  }
}
