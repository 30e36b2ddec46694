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
        "select count(j), sum(j.units - j.succeeded - j.failed) from Job j where j.state in"
            + " :states")
@NamedQuery(
    name = JobEntity.OPTIONS,
    query = "select j.id, j.options from Job j where j.id in :ids")
public class JobEntity {
  static final String PAGE = "Job.page";
  static final String PAGE_BY_STATE = "Job.pageByState";
  static final String PAGE_BY_ACTION = "Job.pageByAction";
  static final String PAGE_BY_STATE_AND_ACTION = "Job.pageByStateAndAction";
  static final String OPEN = "Job.open";
  static final String COUNT_OPEN = "Job.countOpen";
  static final String OPTIONS = "Job.options";

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

  @Column(name = "max_attempts")
  private int maxAttempts;

  private long units;
  private long splitting;
  private long succeeded;
  private long failed;

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
    maxAttempts = job.maxAttempts();
    createdAt = now;
    setProgress(JobProgress.begin(job.splits(), job.merges(), job.inputs().size()), now);
  }

  long id() {
    return id;
  }

  String action() {
    return action;
  }

  int maxAttempts() {
    return maxAttempts;
  }

  JobProgress progress() {
    return new JobProgress(state, merges, units, splitting, succeeded, failed);
  }

  final void setProgress(JobProgress progress, Instant now) {
    state = progress.state();
    merges = progress.merges();
    units = progress.units();
    splitting = progress.splitting();
    succeeded = progress.succeeded();
    failed = progress.failed();
    finishedAt = state.isComplete() ? now : null;
  }

  Job toJob() {
    return new Job(id, action, progress(), options, email, callbackUrl, createdAt, finishedAt);
  }
}
