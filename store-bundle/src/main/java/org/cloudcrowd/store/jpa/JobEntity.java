package org.cloudcrowd.store.jpa;

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
import java.time.Duration;
import java.time.Instant;
import org.cloudcrowd.store.Job;
import org.cloudcrowd.store.JobProgress;
import org.cloudcrowd.store.JobState;
import org.cloudcrowd.store.NewJob;

/** A job and its counters. Whoever changes a job or completes its units locks this row first. */
@Entity(name = "Job")
@Table(name = "jobs")
// A page of the newest jobs goes down the primary key; with a state, down jobs_by_state.
@NamedQuery(
    name = JobEntity.PAGE,
    query = "select j from Job j where j.id < :before order by j.id desc")
@NamedQuery(
    name = JobEntity.PAGE_BY_STATE,
    query = "select j from Job j where j.state = :state and j.id < :before order by j.id desc")
@NamedQuery(
    name = JobEntity.PAGE_BY_ACTION,
    query = "select j from Job j where j.action = :action and j.id < :before order by j.id desc")
@NamedQuery(
    name = JobEntity.PAGE_BY_STATE_AND_ACTION,
    query =
        "select j from Job j where j.state = :state and j.action = :action and j.id < :before"
            + " order by j.id desc")
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
        "select new org.cloudcrowd.store.jpa.JobForUnits(j.id, j.options, j.timeLimitMillis) from"
            + " Job j where j.id in :ids")
// The unique key jobs_by_idempotency_key.
@NamedQuery(
    name = JobEntity.BY_IDEMPOTENCY_KEY,
    query = "select j from Job j where j.idempotencyKey = :key")
public class JobEntity {
  static final String PAGE = "Job.page";
  static final String PAGE_BY_STATE = "Job.pageByState";
  static final String PAGE_BY_ACTION = "Job.pageByAction";
  static final String PAGE_BY_STATE_AND_ACTION = "Job.pageByStateAndAction";
  static final String OPEN = "Job.open";
  static final String COUNT_OPEN = "Job.countOpen";
  static final String FOR_UNITS = "Job.forUnits";
  static final String BY_IDEMPOTENCY_KEY = "Job.byIdempotencyKey";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "job_ids")
  @SequenceGenerator(name = "job_ids", sequenceName = "job_ids", allocationSize = 1)
  private long id;

  private String action;

  @Enumerated(EnumType.STRING)
  private JobState state;

  private boolean merges;

  @Lob private String options;

  private String email;

  @Column(name = "callback_url")
  private String callbackUrl;

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
    options = job.options();
    email = job.email();
    callbackUrl = job.callbackUrl();
    var rules = job.rules();
    priority = rules.priority();
    maxAttempts = rules.maxAttempts();
    retryDelayMillis = rules.retryDelay().toMillis();
    maxRetryDelayMillis = rules.maxRetryDelay().toMillis();
    timeLimitMillis = rules.timeLimit() == null ? null : rules.timeLimit().toMillis();
    if (job.idempotencyKey() != null) {
      idempotencyKey = job.idempotencyKey().key();
      requestDigest = job.idempotencyKey().digest();
    }
    createdAt = now;
    setProgress(JobProgress.begin(job.splits(), job.merges(), job.inputs().size()), now);
  }

  long id() {
    return id;
  }

  String action() {
    return action;
  }

  int priority() {
    return priority;
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

  Job toJob() {
    return new Job(id, action, progress(), options, email, callbackUrl, createdAt, finishedAt);
  }
}
