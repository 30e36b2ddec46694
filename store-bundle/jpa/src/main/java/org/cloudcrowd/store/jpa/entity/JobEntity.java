package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Lob;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.job.CallbackFormat;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.JobProgress;
import org.cloudcrowd.store.job.NewJob;
import org.cloudcrowd.store.job.Prerequisites;
import org.cloudcrowd.store.state.JobState;
import org.eclipse.persistence.annotations.BatchFetch;
import org.eclipse.persistence.annotations.BatchFetchType;

/**
 * A job and its counters. Every change of a job, and every completion of its units, locks this row
 * first.
 */
@Entity(name = "Job")
@Table(name = "jobs")
// Down jobs_by_beginning.
@NamedQuery(
    name = JobEntity.DUE,
    query = "select j.id from Job j where j.beginsAt <= :now order by j.beginsAt, j.id")
// Both start from the waiting jobs, or from the predecessors, and read few rows for each.
@NamedNativeQuery(
    name = JobEntity.PREDECESSORS,
    query =
        "select d.job_id, p.state from job_dependencies d join jobs j on j.id = d.job_id left join"
            + " jobs p on p.id = d.after_id where j.state = 'WAITING' and j.begins_at is null")
@NamedQuery(
    name = JobEntity.SUCCESSORS,
    query =
        "select j.id from Job j join j.after a where a in :ids and j.state ="
            + " org.cloudcrowd.store.state.JobState.WAITING")
// Both from the waiting jobs, down jobs_by_state.
@NamedQuery(
    name = JobEntity.AWAITED_ACTIONS,
    query =
        "select distinct j.action from Job j where j.state ="
            + " org.cloudcrowd.store.state.JobState.WAITING and j.awaitsAction = true order by"
            + " j.action")
@NamedQuery(
    name = JobEntity.AWAITING_ACTION,
    query =
        "select j from Job j where j.state = org.cloudcrowd.store.state.JobState.WAITING and"
            + " j.awaitsAction = true and j.action = :action order by j.id")
// Down jobs_by_state, which skips complete jobs.
@NamedQuery(
    name = JobEntity.OPEN,
    query = "select j from Job j where j.state in :states order by j.id")
@NamedQuery(
    name = JobEntity.COUNT_OPEN,
    query =
        "select count(j), sum(j.units - j.succeeded - j.failed - j.cancelled) from Job j where"
            + " j.state in :states")
@NamedQuery(
    name = JobEntity.FOR_UNITS,
    query =
        "select new org.cloudcrowd.store.jpa.entity.JobForUnits(j.id, j.options, j.correlationId,"
            + " j.timeoutMillis) from Job j where j.id in :ids")
// Down jobs_throttled; every other change of their units queues throttled units itself.
@NamedQuery(
    name = JobEntity.THROTTLED_BY_RATE,
    query =
        "select j.id from Job j where j.throttle.held > 0 and j.throttle.maxPerSecond is not null"
            + " order by j.id")
// On PostgreSQL down jobs_by_version_range, on Derby down jobs_by_state.
@NamedQuery(
    name = JobEntity.OPEN_OF_VERSION_RANGE,
    query =
        "select j.id from Job j where j.action = :action and j.versionRange = :versionRange and"
            + " j.versionRange <> '*' and j.state in :states")
// Down jobs_by_end.
@NamedQuery(
    name = JobEntity.COMPLETE_BEFORE,
    query = "select j.id from Job j where j.finishedAt < :time order by j.finishedAt")
@NamedQuery(name = JobEntity.OF_IDS, query = "select j from Job j where j.id in :ids")
@NamedQuery(name = JobEntity.KNOWN, query = "select j.id from Job j where j.id in :ids")
// Attempts are written when they end. The unit of the first input is claimed before the others of
// its job and stage: to read it, by all columns of work_units_by_job, costs the same for any number
// of units.
@NamedQuery(
    name = JobEntity.BEGUN,
    query =
        "select j.id from Job j where j.id in :ids and (exists (select a.number from Attempt a"
            + " where a.jobId = j.id) or exists (select u.id from WorkUnit u where u.jobId = j.id"
            + " and u.stage = org.cloudcrowd.protocol.unit.Stage.SPLIT and u.inputNo = 0 and"
            + " u.partNo = 0 and u.attempt > 0) or exists (select p.id from WorkUnit p where"
            + " p.jobId = j.id and p.stage = org.cloudcrowd.protocol.unit.Stage.PROCESS and"
            + " p.inputNo = 0 and p.partNo = 0 and p.attempt > 0))")
// The unique key jobs_by_idempotency_key.
@NamedQuery(
    name = JobEntity.BY_IDEMPOTENCY_KEY,
    query = "select j from Job j where j.idempotencyKey = :key")
public class JobEntity {
  /** The states of jobs that are not complete. */
  public static final Set<JobState> OPEN_STATES =
      Stream.of(JobState.values())
          .filter(state -> !state.isComplete())
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(JobState.class)));

  public static final String COMPLETE_BEFORE = "Job.completeBefore";
  public static final String OF_IDS = "Job.ofIds";
  public static final String KNOWN = "Job.known";
  public static final String BEGUN = "Job.begun";
  public static final String DUE = "Job.due";
  public static final String PREDECESSORS = "Job.predecessors";
  public static final String SUCCESSORS = "Job.successors";
  public static final String AWAITED_ACTIONS = "Job.awaitedActions";
  public static final String AWAITING_ACTION = "Job.awaitingAction";
  public static final String OPEN = "Job.open";
  public static final String COUNT_OPEN = "Job.countOpen";
  public static final String FOR_UNITS = "Job.forUnits";
  public static final String THROTTLED_BY_RATE = "Job.throttledByRate";
  public static final String OPEN_OF_VERSION_RANGE = "Job.openOfVersionRange";
  public static final String BY_IDEMPOTENCY_KEY = "Job.byIdempotencyKey";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "job_ids")
  @SequenceGenerator(name = "job_ids", sequenceName = "job_ids", allocationSize = 1)
  private long id;

  private String action;

  @Column(name = "version_range")
  private String versionRange;

  @Enumerated(EnumType.STRING)
  private JobState state;

  private boolean splits;
  private boolean merges;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "not_before")
  private Instant notBefore;

  /**
   * When a waiting job may begin; null while it also waits for something else, and once it has
   * begun or was cancelled.
   */
  @Convert(converter = InstantAsMillis.class)
  @Column(name = "begins_at")
  private Instant beginsAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "begun_at")
  private Instant begunAt;

  /** Whether no node has advertised its action yet. */
  @Column(name = "awaits_action")
  private boolean awaitsAction;

  /** Whether its inputs are the outputs of the jobs that it waits for. */
  @Column(name = "takes_outputs")
  private boolean takesOutputs;

  @ElementCollection
  @CollectionTable(name = "job_dependencies", joinColumns = @JoinColumn(name = "job_id"))
  @OrderColumn(name = "place")
  @Column(name = "after_id")
  @BatchFetch(BatchFetchType.IN)
  private List<Long> after = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "job_labels", joinColumns = @JoinColumn(name = "job_id"))
  @MapKeyColumn(name = "name")
  @Column(name = "label_value")
  @BatchFetch(BatchFetchType.IN)
  private Map<String, String> labels = new HashMap<>();

  @Column(name = "correlation_id")
  private String correlationId;

  private String message;

  @Lob private String options;

  private String email;

  @Column(name = "callback_url")
  private String callbackUrl;

  @Enumerated(EnumType.STRING)
  @Column(name = "callback_format")
  private CallbackFormat callbackFormat;

  private int priority;

  @Embedded private RetryPolicy retryPolicy;
  @Embedded private Throttle throttle;

  @Column(name = "timeout_millis")
  private Long timeoutMillis;

  @Column(name = "idempotency_key")
  private String idempotencyKey;

  @Column(name = "request_digest")
  private String requestDigest;

  private long units;
  private long splitting;
  private long succeeded;
  private long failed;
  private long cancelled;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "created_at")
  private Instant createdAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "finished_at")
  private Instant finishedAt;

  protected JobEntity() {}

  public JobEntity(NewJob job, Instant now) {
    action = job.action();
    versionRange = VersionRanges.text(job.versionRange());
    options = job.options();
    email = job.email();
    if (job.callback() != null) {
      callbackUrl = job.callback().url();
      callbackFormat = job.callback().format();
    }
    var rules = job.rules();
    priority = rules.priority();
    retryPolicy = new RetryPolicy(rules);
    throttle = new Throttle(rules.limit());
    timeoutMillis = rules.timeout() == null ? null : rules.timeout().toMillis();
    if (job.idempotencyKey() != null) {
      idempotencyKey = job.idempotencyKey().key();
      requestDigest = job.idempotencyKey().digest();
    }
    createdAt = now;
    // An autoApply converter applies to basic attributes only.
    job.labels().forEach((name, value) -> labels.put(name, StorableText.of(value)));
    correlationId = job.correlationId();
    splits = job.splits();
    int inputs = job.inputs().size();
    if (job.prerequisites().isEmpty()) {
      begunAt = now;
      throttle.hold(inputs);
      setProgress(JobProgress.begin(splits, job.merges(), inputs), now);
    } else {
      notBefore = job.prerequisites().notBefore();
      after.addAll(job.prerequisites().after());
      takesOutputs = inputs == 0;
      awaitsAction = job.prerequisites().action();
      beginsAt = after.isEmpty() && !awaitsAction ? notBefore : null;
      setProgress(JobProgress.await(job.merges(), inputs), now);
    }
  }

  public boolean splits() {
    return splits;
  }

  public boolean isWaiting() {
    return state == JobState.WAITING;
  }

  public boolean hasBegun() {
    return begunAt != null;
  }

  public boolean takesOutputs() {
    return takesOutputs;
  }

  /** The jobs that must have succeeded before it begins. */
  public List<Long> after() {
    return after;
  }

  public boolean awaitsAction() {
    return awaitsAction;
  }

  /** Sets the stages of its action. */
  public void giveAction(boolean hasSplit, boolean hasMerge, Instant now) {
    awaitsAction = false;
    splits = hasSplit;
    setProgress(JobProgress.await(hasMerge, (int) units), now);
    if (after.isEmpty()) {
      awaitTimeAlone(now);
    }
  }

  /** Records that it waits for its time only. */
  public void awaitTimeAlone(Instant now) {
    beginsAt = notBefore == null ? now : notBefore;
  }

  /** Whether its time has come. */
  public boolean isDue(Instant now) {
    return !beginsAt.isAfter(now);
  }

  /** Begins it with a number of inputs. */
  public void begin(int inputs, Instant now) {
    begunAt = now;
    beginsAt = null;
    throttle.hold(inputs);
    setProgress(progress().begin(splits, inputs, id), now);
  }

  /** Has it wait again, after it was cancelled before it began. */
  public void awaitAgain(Instant now) {
    if (after.isEmpty() && !awaitsAction) {
      awaitTimeAlone(now);
    }
    setProgress(progress().awaitAgain(id), now);
  }

  /** Sets why it was cancelled, where no client asked for it. */
  public void explain(String why) {
    message = why;
    beginsAt = null;
  }

  public long id() {
    return id;
  }

  public String action() {
    return action;
  }

  /** Which versions of the action may run it, as its column keeps it. */
  public String versionRange() {
    return versionRange;
  }

  int priority() {
    return priority;
  }

  public RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  public Throttle throttle() {
    return throttle;
  }

  public String requestDigest() {
    return requestDigest;
  }

  public JobProgress progress() {
    return new JobProgress(state, merges, units, splitting, succeeded, failed, cancelled);
  }

  public final void setProgress(JobProgress progress, Instant now) {
    state = progress.state();
    merges = progress.merges();
    units = progress.units();
    splitting = progress.splitting();
    succeeded = progress.succeeded();
    failed = progress.failed();
    cancelled = progress.cancelled();
    finishedAt = state.isComplete() ? now : null;
  }

  /** Where its callback is sent, or null for none. */
  public CallbackAddress callback() {
    return callbackUrl == null ? null : new CallbackAddress(callbackUrl, callbackFormat);
  }

  public Job toJob() {
    return new Job(
        id,
        action,
        VersionRanges.of(versionRange),
        progress(),
        options,
        email,
        callback(),
        new Prerequisites(notBefore, List.copyOf(after), awaitsAction),
        Map.copyOf(labels),
        correlationId,
        message,
        createdAt,
        finishedAt);
  }
}
