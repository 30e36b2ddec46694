package org.cloudcrowd.store.jpa;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.store.CallbackAddress;
import org.cloudcrowd.store.CallbackFormat;
import org.cloudcrowd.store.Job;
import org.cloudcrowd.store.JobProgress;
import org.cloudcrowd.store.JobState;
import org.cloudcrowd.store.NewJob;
import org.cloudcrowd.store.Prerequisites;
import org.cloudcrowd.store.UnitLimit;
import org.cloudcrowd.store.UnitState;
import org.eclipse.persistence.annotations.BatchFetch;
import org.eclipse.persistence.annotations.BatchFetchType;

/** A job and its counters. Whoever changes a job or completes its units locks this row first. */
@Entity(name = "Job")
@Table(name = "jobs")
// Down jobs_by_beginning.
@NamedQuery(
    name = JobEntity.DUE,
    query = "select j.id from Job j where j.beginsAt <= :now order by j.beginsAt, j.id")
// Both go from the waiting jobs, or from the predecessors, to few rows each.
@NamedNativeQuery(
    name = JobEntity.PREDECESSORS,
    query =
        "select d.job_id, p.state from job_dependencies d join jobs j on j.id = d.job_id left join"
            + " jobs p on p.id = d.after_id where j.state = 'WAITING' and j.begins_at is null")
@NamedQuery(
    name = JobEntity.SUCCESSORS,
    query =
        "select j.id from Job j join j.after a where a in :ids and j.state ="
            + " org.cloudcrowd.store.JobState.WAITING")
// Complete jobs, of which there may be many, are passed over by jobs_by_state.
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
        "select new org.cloudcrowd.store.jpa.JobForUnits(j.id, j.options, j.correlationId,"
            + " j.timeLimitMillis) from Job j where j.id in :ids")
// Down jobs_throttled; every other change of their units looks at their limits by itself.
@NamedQuery(
    name = JobEntity.THROTTLED_BY_RATE,
    query =
        "select j.id from Job j where j.throttled > 0 and j.maxPerSecond is not null order by j.id")
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
// The unique key jobs_by_idempotency_key.
@NamedQuery(
    name = JobEntity.BY_IDEMPOTENCY_KEY,
    query = "select j from Job j where j.idempotencyKey = :key")
public class JobEntity {
  static final String COMPLETE_BEFORE = "Job.completeBefore";
  static final String OF_IDS = "Job.ofIds";
  static final String KNOWN = "Job.known";
  static final String DUE = "Job.due";
  static final String PREDECESSORS = "Job.predecessors";
  static final String SUCCESSORS = "Job.successors";
  static final String OPEN = "Job.open";
  static final String COUNT_OPEN = "Job.countOpen";
  static final String FOR_UNITS = "Job.forUnits";
  static final String THROTTLED_BY_RATE = "Job.throttledByRate";
  static final String OPEN_OF_VERSION_RANGE = "Job.openOfVersionRange";
  static final String BY_IDEMPOTENCY_KEY = "Job.byIdempotencyKey";

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

  /** When it may begin: known where it waits for a time alone, or for nothing any more. */
  @Convert(converter = InstantAsMillis.class)
  @Column(name = "begins_at")
  private Instant beginsAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "begun_at")
  private Instant begunAt;

  /** Whether it begins with the outputs of those that it waits for. */
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

  @Column(name = "max_attempts")
  private int maxAttempts;

  @Column(name = "retry_delay_millis")
  private long retryDelayMillis;

  @Column(name = "max_retry_delay_millis")
  private long maxRetryDelayMillis;

  @Column(name = "time_limit_millis")
  private Long timeLimitMillis;

  @Column(name = "idempotency_key")
  private String idempotencyKey;

  @Column(name = "request_digest")
  private String requestDigest;

  @Column(name = "max_running")
  private Integer maxRunning;

  @Column(name = "max_per_second")
  private Double maxPerSecond;

  @Embedded private TokenBucket bucket = new TokenBucket();

  /** How many of its units wait for its limit. */
  private long throttled;

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

  JobEntity(NewJob job, Instant now) {
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
    maxAttempts = rules.maxAttempts();
    retryDelayMillis = rules.retryDelay().toMillis();
    maxRetryDelayMillis = rules.maxRetryDelay().toMillis();
    timeLimitMillis = rules.timeLimit() == null ? null : rules.timeLimit().toMillis();
    maxRunning =
        rules.limit().maxRunning() == Integer.MAX_VALUE ? null : rules.limit().maxRunning();
    maxPerSecond = rules.limit().hasRate() ? rules.limit().maxPerSecond() : null;
    if (job.idempotencyKey() != null) {
      idempotencyKey = job.idempotencyKey().key();
      requestDigest = job.idempotencyKey().digest();
    }
    createdAt = now;
    labels.putAll(job.labels());
    correlationId = job.correlationId();
    splits = job.splits();
    int inputs = job.inputs().size();
    if (job.prerequisites().isEmpty()) {
      begunAt = now;
      hold(inputs);
      setProgress(JobProgress.begin(splits, job.merges(), inputs), now);
    } else {
      notBefore = job.prerequisites().notBefore();
      after.addAll(job.prerequisites().after());
      takesOutputs = inputs == 0;
      beginsAt = after.isEmpty() ? notBefore : null;
      setProgress(JobProgress.await(job.merges(), inputs), now);
    }
  }

  boolean splits() {
    return splits;
  }

  boolean isWaiting() {
    return state == JobState.WAITING;
  }

  boolean hasBegun() {
    return begunAt != null;
  }

  boolean takesOutputs() {
    return takesOutputs;
  }

  /** The jobs that must have succeeded before it begins. */
  List<Long> after() {
    return after;
  }

  /** It waits for no other job any more. */
  void awaitTimeAlone(Instant now) {
    beginsAt = notBefore == null ? now : notBefore;
  }

  /** Whether its time has come. */
  boolean isDue(Instant now) {
    return !beginsAt.isAfter(now);
  }

  /** It waits no more, and has so many inputs. */
  void begin(int inputs, Instant now) {
    begunAt = now;
    beginsAt = null;
    hold(inputs);
    setProgress(progress().begin(splits, inputs, id), now);
  }

  /** It was cancelled before it began, and is to wait again. */
  void awaitAgain(Instant now) {
    if (after.isEmpty()) {
      awaitTimeAlone(now);
    }
    setProgress(progress().awaitAgain(id), now);
  }

  /** Says why it was cancelled, where nobody asked for it. */
  void explain(String why) {
    message = why;
    beginsAt = null;
  }

  long id() {
    return id;
  }

  String action() {
    return action;
  }

  /** Which versions of the action may run it, as its column keeps it. */
  String versionRange() {
    return versionRange;
  }

  int priority() {
    return priority;
  }

  UnitLimit limit() {
    return new UnitLimit(
        maxRunning == null ? Integer.MAX_VALUE : maxRunning,
        maxPerSecond == null ? Double.POSITIVE_INFINITY : maxPerSecond);
  }

  private boolean isLimited() {
    return maxRunning != null || maxPerSecond != null;
  }

  /** The state in which its units begin: the limit of a job decides when they are queued. */
  UnitState begin() {
    return isLimited() ? UnitState.THROTTLED : UnitState.QUEUED;
  }

  /** How many of its units wait for its limit. */
  long throttled() {
    return throttled;
  }

  /** Units have come, or are to be tried again. */
  void hold(long more) {
    throttled += isLimited() ? more : 0;
  }

  /**
   * How many of its throttled units may be queued now.
   *
   * @param running how many of its units run; asked for where there is a rate
   */
  int mayQueue(long running, Instant now) {
    var limit = limit();
    bucket.refill(limit, now);
    long open = progress().open() - throttled;
    // What is queued and has not begun yet may begin with what is queued now.
    long byRate =
        limit.hasRate()
            ? Math.min(bucket.allowed(limit), (long) limit.burst() - (open - running))
            : Integer.MAX_VALUE;
    return (int) Math.max(0, Math.min(throttled, Math.min(byRate, limit.maxRunning() - open)));
  }

  /** Throttled units were queued. */
  void queuedHeld(long units) {
    throttled -= units;
    bucket.take(units);
  }

  /** None of its units waits any more. */
  void holdNone() {
    throttled = 0;
  }

  String requestDigest() {
    return requestDigest;
  }

  /** Whether a unit may fail no more after this many failures. */
  boolean isLastFailure(int failures) {
    return failures >= maxAttempts;
  }

  /**
   * The pause before a unit's next attempt: it doubles with each failure, up to a limit.
   *
   * @param failures how many attempts have failed, from 1
   * @param jitter from 0 to 1; it spreads the pause from 0.8 to 1.2 times itself, so that units
   *     that failed together do not come back together
   */
  Duration retryPause(int failures, double jitter) {
    double pause =
        Math.min(retryDelayMillis * Math.pow(2, failures - 1.0), (double) maxRetryDelayMillis);
    return Duration.ofMillis((long) (pause * (0.8 + 0.4 * jitter)));
  }

  JobProgress progress() {
    return new JobProgress(state, merges, units, splitting, succeeded, failed, cancelled);
  }

  final void setProgress(JobProgress progress, Instant now) {
    state = progress.state();
    merges = progress.merges();
    units = progress.units();
    splitting = progress.splitting();
    succeeded = progress.succeeded();
    failed = progress.failed();
    cancelled = progress.cancelled();
    finishedAt = state.isComplete() ? now : null;
  }

  /** Whom to tell when it is complete, or null for nobody. */
  CallbackAddress callback() {
    return callbackUrl == null ? null : new CallbackAddress(callbackUrl, callbackFormat);
  }

  Job toJob() {
    return new Job(
        id,
        action,
        VersionRanges.of(versionRange),
        progress(),
        options,
        email,
        callback(),
        new Prerequisites(notBefore, List.copyOf(after)),
        Map.copyOf(labels),
        correlationId,
        message,
        createdAt,
        finishedAt);
  }
}
