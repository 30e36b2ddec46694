package org.cloudcrowd.store.jpa.service;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.ChartQueries;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.AttemptEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.queue.LeasedUnits;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.UnitState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the few columns of many rows that charts need. */
@Component
public final class JpaChartQueries implements ChartQueries {
  private final Transactions transactions;

  @Activate
  public JpaChartQueries(@Reference Database database) {
    this.transactions = database.transactions();
  }

  @Override
  public List<UnitInState> states(long jobId) {
    return transactions.read(
        "read the states of a job's units",
        entities ->
            entities
                .createNamedQuery(WorkUnitEntity.STATES_OF_JOB, Object[].class)
                .setParameter("jobId", jobId)
                .getResultStream()
                .map(row -> new UnitInState((Long) row[0], (Stage) row[1], (UnitState) row[2]))
                .toList());
  }

  @Override
  public List<Span> spans(long jobId) {
    return transactions.read(
        "read when a job's attempts were under way",
        entities ->
            Stream.concat(
                    entities
                        .createNamedQuery(AttemptEntity.SPANS_OF_JOB, Object[].class)
                        .setParameter("jobId", jobId)
                        .getResultStream()
                        .map(JpaChartQueries::span),
                    new LeasedUnits(entities)
                        .ofJob(jobId).stream()
                            .map(unit -> new Span(unit.node(), unit.leasedAt(), null, null)))
                .toList());
  }

  private static Span span(Object[] row) {
    return new Span((String) row[0], (Instant) row[1], (Instant) row[2], (AttemptOutcome) row[3]);
  }
}
