package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.IdBatches;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.AttemptEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.LeasedUnit;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.lifecycle.JobOutputs;
import org.cloudcrowd.store.jpa.queue.LeasedUnits;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.Attempt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs the read-only queries. */
@Component
public final class JpaWorkQueries implements WorkQueries {
  private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

  private static final Set<UnitState> OPEN_UNITS =
      Stream.of(UnitState.values())
          .filter(state -> !state.isComplete())
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnitState.class)));

  private final Transactions transactions;
  private final Engine engine;

  @Activate
  public JpaWorkQueries(@Reference Database database) {
    transactions = database.transactions();
    engine = database.engine();
  }

  @Override
  public Job job(long jobId) {
    return transactions.read(
        "read a job",
        entities -> {
          var job = entities.find(JobEntity.class, jobId);
          return job == null ? null : job.toJob();
        });
  }

  @Override
  public List<Job> jobs(Collection<Long> jobIds) {
    return transactions.read(
        "read jobs",
        entities ->
            IdBatches.of(jobIds).stream()
                .flatMap(
                    ids ->
                        entities
                            .createNamedQuery(JobEntity.OF_IDS, JobEntity.class)
                            .setParameter("ids", ids)
                            .getResultStream())
                .map(JobEntity::toJob)
                .toList());
  }

  @Override
  public List<Job> jobs(JobFilter filter) {
    return transactions.read(
        "list the jobs",
        entities ->
            new JobPage(filter)
                .query(entities)
                .setMaxResults(filter.limit())
                .getResultStream()
                .map(JobEntity::toJob)
                .toList());
  }

  @Override
  public List<Job> openJobs(int limit) {
    return transactions.read(
        "list the open jobs",
        entities ->
            entities
                .createNamedQuery(JobEntity.OPEN, JobEntity.class)
                .setParameter("states", JobEntity.OPEN_STATES)
                .setMaxResults(limit)
                .getResultStream()
                .map(JobEntity::toJob)
                .toList());
  }

  @Override
  public JobDetails details(long jobId, int maxFailures) {
    return transactions.read(
        "read a job",
        entities -> {
          engine.beginSnapshot(entities, jobId);
          var job = entities.find(JobEntity.class, jobId);
          return job == null
              ? null
              : new JobDetails(
                  job.toJob(),
                  job.progress().state().isComplete() ? new JobOutputs(entities).of(jobId) : null,
                  job.progress().failed() > 0 ? failures(entities, jobId, maxFailures) : List.of(),
                  job.progress().hasEndedUnits()
                      || !those(entities, JobEntity.BEGUN, List.of(jobId)).isEmpty());
        });
  }

  @Override
  public UnitDetails unitDetails(long unitId) {
    return transactions.read(
        "read a work unit",
        entities -> {
          var jobId = jobOf(entities, unitId);
          if (jobId == null) {
            return null;
          }
          engine.beginSnapshot(entities, jobId);
          var unit = entities.find(WorkUnitEntity.class, unitId);
          return unit == null
              ? null
              : new UnitDetails(unit.toUnit(), attempts(entities, unit.jobId(), unitId));
        });
  }

  private static List<UnitFailure> failures(EntityManager entities, long jobId, int limit) {
    return entities
        .createNamedQuery(WorkUnitEntity.FAILURES, WorkUnitEntity.class)
        .setParameter("jobId", jobId)
        .setMaxResults(limit)
        .getResultStream()
        .map(WorkUnitEntity::toFailure)
        .toList();
  }

  @Override
  public List<Unit> units(long jobId, long after, int limit) {
    return transactions.read(
        "list a job's units",
        entities ->
            entities
                .createNamedQuery(WorkUnitEntity.PAGE, WorkUnitEntity.class)
                .setParameter("jobId", jobId)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(WorkUnitEntity::toUnit)
                .toList());
  }

  @Override
  public Unit unit(long unitId) {
    return transactions.read(
        "read a work unit",
        entities -> {
          var unit = entities.find(WorkUnitEntity.class, unitId);
          return unit == null ? null : unit.toUnit();
        });
  }

  @Override
  public CurrentLease currentLease(long unitId) {
    return transactions.read(
        "read the lease of a work unit",
        entities ->
            entities
                .createNamedQuery(WorkUnitEntity.LEASED, LeasedUnit.class)
                .setParameter("ids", List.of(unitId))
                .getResultStream()
                .map(LeasedUnit::currentLease)
                .findFirst()
                .orElse(null));
  }

  @Override
  public List<CurrentLease> leasesOf(String node) {
    return transactions.read(
        "read the leases of a node",
        entities ->
            new LeasedUnits(entities)
                .heldBy(node, END_OF_TIME).stream().map(LeasedUnit::currentLease).toList());
  }

  @Override
  public List<Attempt> attempts(long unitId) {
    return transactions.read(
        "read the attempts at a work unit",
        entities -> {
          var jobId = jobOf(entities, unitId);
          return jobId == null ? List.of() : attempts(entities, jobId, unitId);
        });
  }

  private static Long jobOf(EntityManager entities, long unitId) {
    return entities
        .createNamedQuery(WorkUnitEntity.JOBS_OF_UNITS, Object[].class)
        .setParameter("ids", List.of(unitId))
        .getResultStream()
        .map(row -> (Long) row[1])
        .findFirst()
        .orElse(null);
  }

  private static List<Attempt> attempts(EntityManager entities, long jobId, long unitId) {
    return entities
        .createNamedQuery(AttemptEntity.OF_UNIT, AttemptEntity.class)
        .setParameter("jobId", jobId)
        .setParameter("unitId", unitId)
        .getResultStream()
        .map(AttemptEntity::toAttempt)
        .toList();
  }

  @Override
  public List<Long> completeBefore(Instant time, int limit) {
    return transactions.read(
        "find old jobs",
        entities ->
            entities
                .createNamedQuery(JobEntity.COMPLETE_BEFORE, Long.class)
                .setParameter("time", time)
                .setMaxResults(limit)
                .getResultList());
  }

  @Override
  public Set<Long> known(Collection<Long> jobIds) {
    return transactions.read(
        "look which jobs are there", entities -> those(entities, JobEntity.KNOWN, jobIds));
  }

  @Override
  public Set<Long> begun(Collection<Long> jobIds) {
    return transactions.read(
        "look which jobs have begun", entities -> those(entities, JobEntity.BEGUN, jobIds));
  }

  private static Set<Long> those(EntityManager entities, String query, Collection<Long> jobIds) {
    return IdBatches.of(jobIds).stream()
        .flatMap(
            ids ->
                entities
                    .createNamedQuery(query, Long.class)
                    .setParameter("ids", ids)
                    .getResultStream())
        .collect(Collectors.toSet());
  }

  @Override
  public OpenWork openWork() {
    return transactions.read(
        "count the open work",
        entities -> {
          var row =
              entities
                  .createNamedQuery(JobEntity.COUNT_OPEN, Object[].class)
                  .setParameter("states", JobEntity.OPEN_STATES)
                  .getSingleResult();
          long units = row[1] == null ? 0 : ((Number) row[1]).longValue();
          return new OpenWork(((Number) row[0]).longValue(), units);
        });
  }

  @Override
  public List<OpenUnits> openUnits(long jobId) {
    return transactions.read(
        "read the open work units of job " + jobId,
        entities ->
            entities
                .createNamedQuery(WorkUnitEntity.OPEN_OF_JOB, Object[].class)
                .setParameter("jobId", jobId)
                .setParameter("states", OPEN_UNITS)
                .getResultStream()
                .map(
                    row ->
                        new OpenUnits(
                            (Stage) row[0],
                            (UnitState) row[1],
                            (String) row[2],
                            (Long) row[3],
                            (Instant) row[4]))
                .toList());
  }

  @Override
  public List<ActionLoad> load() {
    return transactions.read(
        "count the open work units",
        entities ->
            entities
                .createNamedQuery(WorkUnitEntity.LOAD, Object[].class)
                .setParameter("states", OPEN_UNITS)
                .getResultStream()
                .map(row -> new ActionLoad((String) row[0], (UnitState) row[1], (Long) row[2]))
                .toList());
  }

  @Override
  public long running(String action) {
    return transactions.read(
        "count the running work units of an action",
        entities ->
            entities
                .createNamedQuery(WorkUnitEntity.COUNT_RUNNING, Long.class)
                .setParameter("action", action)
                .getSingleResult());
  }
}
