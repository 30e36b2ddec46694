package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cloudcrowd.store.Claim;
import org.cloudcrowd.store.ClaimedUnit;
import org.cloudcrowd.store.Completion;
import org.cloudcrowd.store.Job;
import org.cloudcrowd.store.Lease;
import org.cloudcrowd.store.NewJob;
import org.cloudcrowd.store.Stage;
import org.cloudcrowd.store.UnitResult;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Each operation as one transaction. */
@Component
public final class JpaWorkStore implements WorkStore {
  /** How many new rows are held in memory before they are sent. */
  private static final int FLUSH_EVERY = 500;

  private final Transactions transactions;
  private final Clock clock;

  /** Changes a database, by the system's clock. */
  @Activate
  public JpaWorkStore(@Reference Database database) {
    this(database, Clock.systemUTC());
  }

  /** As {@link #JpaWorkStore(Database)}, by a given clock. */
  public JpaWorkStore(Database database, Clock clock) {
    this.transactions = database.transactions();
    this.clock = clock;
  }

  @Override
  public Job submit(NewJob newJob) {
    return transactions.run("store the job", entities -> submit(entities, newJob));
  }

  private Job submit(EntityManager entities, NewJob newJob) {
    var job = new JobEntity(newJob, clock.instant());
    entities.persist(job);
    entities.flush();
    var stored = job.toJob();
    var stage = newJob.splits() ? Stage.SPLIT : Stage.PROCESS;
    int inputNo = 0;
    for (String input : newJob.inputs()) {
      entities.persist(new WorkUnitEntity(job, stage, inputNo, 0, input));
      inputNo++;
      if (inputNo % FLUSH_EVERY == 0) {
        entities.flush();
        entities.clear();
      }
    }
    return stored;
  }

  @Override
  public Job delete(long jobId) {
    return transactions.run(
        "delete job " + jobId,
        entities -> {
          var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
          if (job == null) {
            return null;
          }
          entities
              .createNamedQuery(WorkUnitEntity.DELETE_OF_JOB)
              .setParameter("jobId", jobId)
              .executeUpdate();
          var deleted = job.toJob();
          entities.remove(job);
          return deleted;
        });
  }

  @Override
  public Collection<ClaimedUnit> claim(Claim claim) {
    return transactions.run(
        "claim work units", entities -> new ClaimUnits(entities).claim(claim, clock.instant()));
  }

  @Override
  public Set<Lease> renew(String node, Collection<Lease> leases, Instant deadline) {
    if (leases.isEmpty()) {
      return Set.of();
    }
    return transactions.run(
        "renew leases",
        entities -> {
          var lent = new LentUnits(entities);
          var current = lent.current(leases);
          lent.renew(node, current.keySet().stream().map(Lease::unitId).toList(), deadline);
          var lost = new LinkedHashSet<>(leases);
          lost.removeAll(current.keySet());
          return lost;
        });
  }

  @Override
  public Completion complete(Collection<UnitResult> results) {
    return transactions.run(
        "count results",
        entities -> new CompleteUnits(entities, clock.instant()).complete(results));
  }

  @Override
  public int release(Collection<Lease> leases) {
    if (leases.isEmpty()) {
      return 0;
    }
    return transactions.run(
        "release leases", entities -> release(new LentUnits(entities), List.copyOf(leases)));
  }

  @Override
  public int releaseLost(String node, Collection<Lease> held, Instant claimedBefore) {
    return transactions.run(
        "release what a node lost",
        entities -> {
          var lent = new LentUnits(entities);
          var known = new HashSet<>(held);
          return release(
              lent,
              lent.heldBy(node, claimedBefore).stream()
                  .map(LentUnit::lease)
                  .filter(lease -> !known.contains(lease))
                  .toList());
        });
  }

  @Override
  public int expire(Instant now) {
    return transactions.run(
        "end leases",
        entities -> {
          var lent = new LentUnits(entities);
          return release(lent, lent.expired(now).stream().map(LentUnit::lease).toList());
        });
  }

  private static int release(LentUnits lent, Collection<Lease> leases) {
    return (int) leases.stream().filter(lent::release).count();
  }
}
