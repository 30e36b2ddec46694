package org.cloudcrowd.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.Attempt;
import org.osgi.annotation.versioning.ProviderType;

/** Reads jobs and work units, and changes nothing. All may be called by any number of threads. */
@ProviderType
public interface WorkQueries {

  /** A job, or null if there is none of this id. */
  Job job(long jobId);

  /** Those of the jobs that are there. */
  List<Job> jobs(Collection<Long> jobIds);

  /** A page of jobs, newest first. */
  List<Job> jobs(JobFilter filter);

  /** The jobs that are not complete, oldest first, at most {@code limit}. */
  List<Job> openJobs(int limit);

  /**
   * A job with what its units have come to, all as it was at one moment.
   *
   * @param maxFailures how many failures at most
   * @return null if there is no such job
   */
  JobDetails details(long jobId, int maxFailures);

  /** A unit with its attempts, all as it was at one moment; null if there is none of this id. */
  UnitDetails unitDetails(long unitId);

  /** A job's units with an id above {@code after}, in the order of their ids. */
  List<Unit> units(long jobId, long after, int limit);

  /** A unit, or null if there is none of this id. */
  Unit unit(long unitId);

  /** The lease of a unit that runs, or null where it does not. */
  CurrentLease currentLease(long unitId);

  /** The leases of a node, by the ids of their units. */
  List<CurrentLease> leasesOf(String node);

  /** The attempts at a unit that have ended, in their order. */
  List<Attempt> attempts(long unitId);

  /**
   * The jobs that were complete before a time, at most {@code limit}, those first that were first.
   */
  List<Long> completeBefore(Instant time, int limit);

  /** Those of the jobs that are there. */
  Set<Long> known(Collection<Long> jobIds);

  /** Those of the jobs of which any unit was ever sent to a node. */
  Set<Long> begun(Collection<Long> jobIds);

  /** How many jobs and units are not complete. */
  OpenWork openWork();

  /** A job's units that are not complete, those together that wait for the same. */
  List<OpenUnits> openUnits(long jobId);

  /** How many units of each action are in each state, of the states that are not complete. */
  List<ActionLoad> load();

  /** How many units of an action run. */
  long running(String action);

  /**
   * A unit that runs.
   *
   * @param lease its lease
   * @param node the node that holds it
   * @param stage the stage it runs
   * @param since when it was claimed
   */
  record CurrentLease(Lease lease, String node, Stage stage, Instant since) {}

  /**
   * A job at one moment.
   *
   * @param outputs what it returned, where it is complete: how its merge ended alone, or else how
   *     its units ended, in the order of its inputs; null where it is not complete
   * @param failures the units that failed after their last attempt, oldest first
   * @param begun whether any of its units was ever sent to a node
   */
  record JobDetails(Job job, List<UnitEnd> outputs, List<UnitFailure> failures, boolean begun) {}

  /**
   * A unit at one moment.
   *
   * @param attempts those at it that have ended, in their order
   */
  record UnitDetails(Unit unit, List<Attempt> attempts) {}

  /**
   * Units of a job that have the same stage and state.
   *
   * @param stage their stage
   * @param state their state
   * @param failedOn the node that their last attempt failed on or was lost with, or null where it
   *     was neither
   * @param count how many they are
   * @param availableAt when the first of them may be queued, where they are delayed; else null
   */
  record OpenUnits(
      Stage stage, UnitState state, String failedOn, long count, Instant availableAt) {}

  /**
   * Which jobs to list.
   *
   * @param state only these, or null for any
   * @param action only those of this action, or null for any
   * @param labels only those that have all of these
   * @param before only those with a smaller id; {@link Long#MAX_VALUE} for the newest
   * @param limit how many at most
   */
  record JobFilter(
      JobState state, String action, Map<String, String> labels, long before, int limit) {}

  /**
   * How a unit ended.
   *
   * @param output a JSON value, or null where it failed
   * @param message why it failed, or null where it succeeded
   */
  record UnitEnd(String output, String message) {}

  /**
   * A unit that failed after its last attempt.
   *
   * @param unitId the unit
   * @param stage the stage it was in
   * @param input a JSON value
   * @param attempts how many attempts failed
   * @param message why the last one did
   */
  record UnitFailure(long unitId, Stage stage, String input, int attempts, String message) {}

  /**
   * A unit as it was when it was read.
   *
   * @param id from 1
   * @param jobId its job
   * @param stage the stage it runs
   * @param state where it is
   * @param input a JSON value
   * @param attempts how many attempts failed
   * @param output a JSON value, or null where it has not succeeded
   * @param message why its last failed attempt failed, or null
   * @param node the node that has its lease, or null
   */
  record Unit(
      long id,
      long jobId,
      Stage stage,
      UnitState state,
      String input,
      int attempts,
      String output,
      String message,
      String node) {}

  /** How many units of an action are in a state. */
  record ActionLoad(String action, UnitState state, long units) {}

  /** How many jobs and units are not complete. */
  record OpenWork(long jobs, long units) {}
}
