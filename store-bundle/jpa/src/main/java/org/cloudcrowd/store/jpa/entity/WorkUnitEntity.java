package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Comparator;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.WorkQueries.Unit;
import org.cloudcrowd.store.WorkQueries.UnitFailure;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.ClaimedUnit;

/**
 * A work unit and the lease on it.
 *
 * <p>Running units change by the guarded updates named here alone: the expected state, attempt and
 * token stand in the {@code where}, and a row count of 0 says that the lease was not current.
 */
@Entity(name = "WorkUnit")
@Table(name = "work_units")
// The index of the queue gives these in order; the cost does not depend on how many wait.
@NamedQuery(
    name = WorkUnitEntity.NEXT_QUEUED,
    query =
        "select new org.cloudcrowd.store.jpa.entity.QueuedUnit(u.id, u.priority, u.fairnessTag)"
            + " from WorkUnit u where u.state = org.cloudcrowd.store.state.UnitState.QUEUED and"
            + " u.action = :action and u.versionRange = :versionRange order by u.priority,"
            + " u.fairnessTag, u.id")
@NamedQuery(
    name = WorkUnitEntity.ANY_QUEUED,
    query =
        "select u.id from WorkUnit u where u.state = org.cloudcrowd.store.state.UnitState.QUEUED")
@NamedQuery(
    name = WorkUnitEntity.NEXT_QUEUED_FOR,
    query =
        "select new org.cloudcrowd.store.jpa.entity.QueuedUnit(u.id, u.priority, u.fairnessTag)"
            + " from WorkUnit u where u.state = org.cloudcrowd.store.state.UnitState.QUEUED and"
            + " u.action = :action and u.versionRange = :versionRange and (u.failedOn is null or"
            + " u.failedOn <> :notFailedOn) order by u.priority, u.fairnessTag, u.id")
@NamedQuery(
    name = WorkUnitEntity.COUNT_RUNNING,
    query =
        "select count(u) from WorkUnit u where u.state ="
            + " org.cloudcrowd.store.state.UnitState.RUNNING and u.action = :action")
@NamedQuery(
    name = WorkUnitEntity.COUNT_RUNNING_OF_JOB,
    query =
        "select count(u) from WorkUnit u where u.state ="
            + " org.cloudcrowd.store.state.UnitState.RUNNING and u.action = :action and u.jobId ="
            + " :jobId")
// On PostgreSQL down work_units_throttled; on Derby, throttled units of other jobs of the action
// are passed.
@NamedQuery(
    name = WorkUnitEntity.THROTTLED_OF_JOB,
    query =
        "select u.id from WorkUnit u where u.state = org.cloudcrowd.store.state.UnitState.THROTTLED"
            + " and u.action = :action and u.versionRange = :versionRange and u.jobId = :jobId"
            + " order by u.priority, u.fairnessTag, u.id")
@NamedQuery(
    name = WorkUnitEntity.QUEUE_THROTTLED,
    query =
        "update WorkUnit u set u.state = org.cloudcrowd.store.state.UnitState.QUEUED where u.id in"
            + " :ids and u.state = org.cloudcrowd.store.state.UnitState.THROTTLED")
@NamedQuery(
    name = WorkUnitEntity.CLAIM,
    query =
        "update WorkUnit u set u.state = org.cloudcrowd.store.state.UnitState.RUNNING, u.node ="
            + " :node, u.attempt = u.attempt + 1, u.token = :token, u.leasedAt = :now, u.leaseEnds"
            + " = :deadline where u.id in :ids and u.state ="
            + " org.cloudcrowd.store.state.UnitState.QUEUED")
@NamedQuery(
    name = WorkUnitEntity.CLAIMED,
    query = "select u from WorkUnit u where u.id in :ids and u.token = :token")
@NamedQuery(
    name = WorkUnitEntity.JOBS_OF_UNITS,
    query = "select u.id, u.jobId from WorkUnit u where u.id in :ids")
@NamedQuery(
    name = WorkUnitEntity.LEASED,
    query =
        WorkUnitEntity.SELECT_LEASED
            + " u.id in :ids and u.state = org.cloudcrowd.store.state.UnitState.RUNNING")
@NamedQuery(
    name = WorkUnitEntity.END_WITHOUT_SUCCESS,
    query =
        "update WorkUnit u set u.state = :state"
            + WorkUnitEntity.COUNT_AND_END_LEASE
            + WorkUnitEntity.LEASE_IS_CURRENT)
@NamedQuery(
    name = WorkUnitEntity.DELAY,
    query =
        "update WorkUnit u set u.state = org.cloudcrowd.store.state.UnitState.DELAYED,"
            + " u.availableAt = :availableAt"
            + WorkUnitEntity.COUNT_AND_END_LEASE
            + WorkUnitEntity.LEASE_IS_CURRENT)
@NamedQuery(
    name = WorkUnitEntity.RELEASE,
    query =
        "update WorkUnit u set u.state = org.cloudcrowd.store.state.UnitState.QUEUED, u.token ="
            + " null, u.leaseEnds = null, u.node = null"
            + WorkUnitEntity.LEASE_IS_CURRENT)
@NamedQuery(
    name = WorkUnitEntity.REMOVE,
    query = "delete from WorkUnit u" + WorkUnitEntity.LEASE_IS_CURRENT)
@NamedQuery(
    name = WorkUnitEntity.RENEW,
    query =
        "update WorkUnit u set u.leaseEnds = :deadline where u.id in :ids and u.node = :node and"
            + " u.state = org.cloudcrowd.store.state.UnitState.RUNNING")
@NamedQuery(
    name = WorkUnitEntity.ADOPT,
    query =
        "update WorkUnit u set u.leaseEnds = :deadline, u.leasedAt = :now where u.state ="
            + " org.cloudcrowd.store.state.UnitState.RUNNING")
@NamedQuery(
    name = WorkUnitEntity.HELD_BY_NODE,
    query =
        WorkUnitEntity.SELECT_LEASED
            + " u.state = org.cloudcrowd.store.state.UnitState.RUNNING and u.node = :node and"
            + " u.leasedAt < :claimedBefore order by u.id")
@NamedQuery(
    name = WorkUnitEntity.EXPIRED,
    query =
        WorkUnitEntity.SELECT_LEASED
            + " u.state = org.cloudcrowd.store.state.UnitState.RUNNING and u.leaseEnds < :now"
            + " and u.id > :after order by u.id")
// These two go down work_units_by_time.
@NamedQuery(
    name = WorkUnitEntity.DUE,
    query =
        "select u.id from WorkUnit u where u.state = org.cloudcrowd.store.state.UnitState.DELAYED"
            + " and u.availableAt <= :now order by u.availableAt, u.id")
@NamedQuery(
    name = WorkUnitEntity.QUEUE_DUE,
    query =
        "update WorkUnit u set u.state = org.cloudcrowd.store.state.UnitState.QUEUED, u.availableAt"
            + " = null where u.id in :ids and u.state ="
            + " org.cloudcrowd.store.state.UnitState.DELAYED")
@NamedQuery(
    name = WorkUnitEntity.QUEUE_DELAYED,
    query =
        "update WorkUnit u set u.state = org.cloudcrowd.store.state.UnitState.QUEUED, u.availableAt"
            + " = null where u.id = :id and u.state = org.cloudcrowd.store.state.UnitState.DELAYED")
@NamedQuery(
    name = WorkUnitEntity.LOAD,
    query =
        "select u.action, u.state, count(u) from WorkUnit u where u.state in :states group by"
            + " u.action, u.state")
// All below go down work_units_by_job.
@NamedQuery(
    name = WorkUnitEntity.RUNNING_OF_JOB,
    query =
        WorkUnitEntity.SELECT_LEASED
            + " u.jobId = :jobId and u.state = org.cloudcrowd.store.state.UnitState.RUNNING")
@NamedQuery(
    name = WorkUnitEntity.CANCEL_OF_JOB,
    query =
        "update WorkUnit u set u.state = org.cloudcrowd.store.state.UnitState.CANCELLED,"
            + " u.availableAt = null, u.node = null, u.token = null, u.leaseEnds = null where"
            + " u.jobId = :jobId and u.state in (org.cloudcrowd.store.state.UnitState.WAITING,"
            + " org.cloudcrowd.store.state.UnitState.THROTTLED,"
            + " org.cloudcrowd.store.state.UnitState.QUEUED,"
            + " org.cloudcrowd.store.state.UnitState.DELAYED,"
            + " org.cloudcrowd.store.state.UnitState.RUNNING)")
@NamedQuery(
    name = WorkUnitEntity.COUNT_TO_RETRY,
    query =
        "select u.stage, count(u) from WorkUnit u where u.jobId = :jobId and"
            + WorkUnitEntity.CAN_BE_RETRIED
            + " group by u.stage")
@NamedQuery(
    name = WorkUnitEntity.RETRY_OF_JOB,
    query =
        "update WorkUnit u set u.state = :state, u.failures = 0, u.losses = 0, u.fairnessTag ="
            + " :fairnessTag, u.versionRange = :versionRange where u.jobId = :jobId and"
            + WorkUnitEntity.CAN_BE_RETRIED)
@NamedQuery(
    name = WorkUnitEntity.AWAIT_AGAIN,
    query =
        "update WorkUnit u set u.state = org.cloudcrowd.store.state.UnitState.WAITING where u.jobId"
            + " = :jobId and u.state = org.cloudcrowd.store.state.UnitState.CANCELLED")
@NamedQuery(
    name = WorkUnitEntity.SPLIT_OF_JOB,
    query =
        "update WorkUnit u set u.stage = org.cloudcrowd.protocol.unit.Stage.SPLIT where u.jobId ="
            + " :jobId")
@NamedQuery(
    name = WorkUnitEntity.BEGIN_OF_JOB,
    query =
        "update WorkUnit u set u.state = :state, u.fairnessTag = u.fairnessTag + :fairnessTag where"
            + " u.jobId = :jobId and u.state = org.cloudcrowd.store.state.UnitState.WAITING")
@NamedQuery(
    name = WorkUnitEntity.OUTPUTS,
    query =
        "select u.state, u.output, u.message from WorkUnit u where u.jobId = :jobId and u.stage ="
            + " :stage order by u.inputNo, u.partNo")
@NamedQuery(
    name = WorkUnitEntity.FAILURES,
    query =
        "select u from WorkUnit u where u.jobId = :jobId and u.state ="
            + " org.cloudcrowd.store.state.UnitState.FAILED order by u.id")
@NamedQuery(
    name = WorkUnitEntity.PAGE,
    query = "select u from WorkUnit u where u.jobId = :jobId and u.id > :after order by u.id")
@NamedQuery(
    name = WorkUnitEntity.STATES_OF_JOB,
    query = "select u.id, u.stage, u.state from WorkUnit u where u.jobId = :jobId order by u.id")
@NamedQuery(
    name = WorkUnitEntity.OPEN_OF_JOB,
    query =
        "select u.stage, u.state, u.failedOn, count(u), min(u.availableAt) from WorkUnit u where"
            + " u.jobId = :jobId and u.state in :states group by u.stage, u.state, u.failedOn order"
            + " by u.stage, u.state, u.failedOn")
@NamedQuery(
    name = WorkUnitEntity.DELETE_OF_JOB,
    query = "delete from WorkUnit u where u.jobId = :jobId")
@SuppressWarnings("UnusedVariable") // queries alone read some columns
public class WorkUnitEntity {
  public static final String NEXT_QUEUED = "WorkUnit.nextQueued";
  public static final String ANY_QUEUED = "WorkUnit.anyQueued";
  public static final String NEXT_QUEUED_FOR = "WorkUnit.nextQueuedFor";
  public static final String COUNT_RUNNING = "WorkUnit.countRunning";
  public static final String COUNT_RUNNING_OF_JOB = "WorkUnit.countRunningOfJob";
  public static final String THROTTLED_OF_JOB = "WorkUnit.throttledOfJob";
  public static final String QUEUE_THROTTLED = "WorkUnit.queueThrottled";
  public static final String CLAIM = "WorkUnit.claim";
  public static final String CLAIMED = "WorkUnit.claimed";
  public static final String JOBS_OF_UNITS = "WorkUnit.jobsOfUnits";
  public static final String LEASED = "WorkUnit.leased";
  public static final String END_WITHOUT_SUCCESS = "WorkUnit.endWithoutSuccess";
  public static final String DELAY = "WorkUnit.delay";
  public static final String RELEASE = "WorkUnit.release";
  public static final String REMOVE = "WorkUnit.remove";
  public static final String RENEW = "WorkUnit.renew";
  public static final String ADOPT = "WorkUnit.adopt";
  public static final String HELD_BY_NODE = "WorkUnit.heldByNode";
  public static final String EXPIRED = "WorkUnit.expired";
  public static final String DUE = "WorkUnit.due";
  public static final String QUEUE_DUE = "WorkUnit.queueDue";
  public static final String QUEUE_DELAYED = "WorkUnit.queueDelayed";
  public static final String RUNNING_OF_JOB = "WorkUnit.runningOfJob";
  public static final String CANCEL_OF_JOB = "WorkUnit.cancelOfJob";
  public static final String COUNT_TO_RETRY = "WorkUnit.countToRetry";
  public static final String RETRY_OF_JOB = "WorkUnit.retryOfJob";
  public static final String AWAIT_AGAIN = "WorkUnit.awaitAgain";
  public static final String SPLIT_OF_JOB = "WorkUnit.splitOfJob";
  public static final String BEGIN_OF_JOB = "WorkUnit.beginOfJob";
  public static final String LOAD = "WorkUnit.load";
  public static final String OUTPUTS = "WorkUnit.outputs";
  public static final String FAILURES = "WorkUnit.failures";
  public static final String PAGE = "WorkUnit.page";
  public static final String STATES_OF_JOB = "WorkUnit.statesOfJob";
  public static final String OPEN_OF_JOB = "WorkUnit.openOfJob";
  public static final String DELETE_OF_JOB = "WorkUnit.deleteOfJob";

  static final String SELECT_LEASED =
      "select new org.cloudcrowd.store.jpa.entity.LeasedUnit(u.id, u.jobId, u.stage, u.inputNo,"
          + " u.failures, u.losses, u.versionRange, u.node, u.attempt, u.token, u.leasedAt) from"
          + " WorkUnit u where";

  static final String LEASE_IS_CURRENT =
      " where u.id = :id and u.state = org.cloudcrowd.store.state.UnitState.RUNNING and u.attempt ="
          + " :attempt and u.token = :token";

  static final String COUNT_AND_END_LEASE =
      ", u.failures = u.failures + :failures, u.losses = u.losses + :losses, u.message = :message,"
          + " u.failedOn = :failedOn, u.versionRange = :versionRange, u.node = null, u.token ="
          + " null, u.leaseEnds = null";

  static final String CAN_BE_RETRIED =
      " u.state in (org.cloudcrowd.store.state.UnitState.FAILED,"
          + " org.cloudcrowd.store.state.UnitState.CANCELLED)";

  /** The order in which units are claimed. */
  public static final Comparator<WorkUnitEntity> IN_CLAIM_ORDER =
      Comparator.comparingInt((WorkUnitEntity unit) -> unit.priority)
          .thenComparingLong(unit -> unit.fairnessTag)
          .thenComparingLong(unit -> unit.id);

  /** As many ids as a submission of this size would want are fetched at once. */
  private static final int ID_ALLOCATION = 500;

  // Columns are named also where they are called as their fields: a native query finds them by
  // their names in the case of the default locale, which makes another letter of an i in Turkish.

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "work_unit_ids")
  @SequenceGenerator(
      name = "work_unit_ids",
      sequenceName = "work_unit_ids",
      allocationSize = ID_ALLOCATION)
  @Column(name = "id")
  private long id;

  @Column(name = "job_id")
  private long jobId;

  @Column(name = "action")
  private String action;

  @Column(name = "version_range")
  private String versionRange;

  @Enumerated(EnumType.STRING)
  private Stage stage;

  @Enumerated(EnumType.STRING)
  private UnitState state;

  @Column(name = "priority")
  private int priority;

  @Column(name = "fairness_tag")
  private long fairnessTag;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "available_at")
  private Instant availableAt;

  @Column(name = "input_no")
  private int inputNo;

  @Column(name = "part_no")
  private int partNo;

  @Lob
  @Column(name = "input_json")
  private String input;

  @Lob
  @Column(name = "output_json")
  private String output;

  private String message;
  private int attempt;

  @Column(name = "failures")
  private int failures;

  private int losses;
  private String node;

  /** Where the last attempt failed, or was lost with its node, if it was. */
  @Column(name = "failed_on")
  private String failedOn;

  @Column(name = "lease_token")
  private String token;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "leased_at")
  private Instant leasedAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "lease_ends")
  private Instant leaseEnds;

  protected WorkUnitEntity() {}

  /**
   * A unit that waits for a node, for its job's limit, or for its job to begin.
   *
   * @param state for which of these
   * @param inputNo the place of its input among the job's, from 0
   * @param partNo its place among the parts of that input, from 0
   * @param fairnessTag its place among the units of equal priority
   */
  public WorkUnitEntity(
      JobEntity job,
      Stage stage,
      UnitState state,
      int inputNo,
      int partNo,
      String input,
      long fairnessTag) {
    this.jobId = job.id();
    this.action = job.action();
    this.versionRange = job.versionRange();
    this.priority = job.priority();
    this.fairnessTag = fairnessTag;
    this.stage = stage;
    this.state = state;
    this.inputNo = inputNo;
    this.partNo = partNo;
    this.input = input;
  }

  public long jobId() {
    return jobId;
  }

  public String action() {
    return action;
  }

  public ClaimedUnit toClaimedUnit(JobForUnits job) {
    return new ClaimedUnit(
        new Lease(id, attempt, token),
        jobId,
        action,
        VersionRanges.of(versionRange),
        VersionRanges.isIsolated(versionRange),
        stage,
        input,
        job.options(),
        job.correlationId(),
        job.timeout());
  }

  public Unit toUnit() {
    return new Unit(id, jobId, stage, state, input, failures, output, message, node);
  }

  public UnitFailure toFailure() {
    return new UnitFailure(id, stage, input, failures, message);
  }
}
