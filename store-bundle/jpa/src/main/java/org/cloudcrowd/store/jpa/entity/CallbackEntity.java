package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.CallbackQueue;
import org.cloudcrowd.store.CallbackQueue.Delivery;
import org.cloudcrowd.store.CallbackQueue.PastTry;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.state.CallbackState;

/**
 * The callback of a job that is complete. Every change but that of its time is made under the lock
 * of the job's row.
 */
@Entity(name = "Callback")
@Table(name = "callbacks")
// Down callbacks_by_time.
@NamedQuery(
    name = CallbackEntity.DUE,
    query = "select c from Callback c where c.dueAt <= :now order by c.tries, c.dueAt, c.jobId")
// Down callbacks_by_time.
@NamedQuery(
    name = CallbackEntity.WAITING,
    query = "select count(c), min(c.queuedAt) from Callback c where c.dueAt is not null")
// The primary key; of several servers that take it, the first moves the time.
@NamedQuery(
    name = CallbackEntity.TAKE,
    query =
        "update Callback c set c.dueAt = :until where c.jobId = :jobId and c.message = :message and"
            + " c.dueAt = :dueAt")
@NamedQuery(
    name = CallbackEntity.DELETE_OF_JOB,
    query = "delete from Callback c where c.jobId = :jobId")
public class CallbackEntity {
  public static final String DUE = "Callback.due";
  public static final String WAITING = "Callback.waiting";
  public static final String TAKE = "Callback.take";
  public static final String DELETE_OF_JOB = "Callback.deleteOfJob";

  @Id
  @Column(name = "job_id")
  private long jobId;

  private int message;

  @Enumerated(EnumType.STRING)
  private CallbackState state;

  private int tries;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "queued_at")
  private Instant queuedAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "due_at")
  private Instant dueAt;

  protected CallbackEntity() {}

  private CallbackEntity(long jobId) {
    this.jobId = jobId;
    this.state = CallbackState.WAITING;
  }

  /**
   * Queues the callback of a job that is complete now.
   *
   * @return the callback, or null where the job has no receiver
   */
  public static CallbackEntity queue(EntityManager entities, JobEntity job, Instant now) {
    if (job.callback() == null) {
      return null;
    }
    var callback = entities.find(CallbackEntity.class, job.id());
    if (callback == null) {
      callback = new CallbackEntity(job.id());
      entities.persist(callback);
    } else if (callback.state != CallbackState.WAITING) {
      callback.change(CallbackState.WAITING);
    }
    callback.message++;
    callback.tries = 0;
    callback.queuedAt = now;
    callback.dueAt = now;
    return callback;
  }

  /** Withdraws the callback, because the job is retried. */
  public static void withdraw(EntityManager entities, JobEntity job) {
    var callback = job.callback() == null ? null : entities.find(CallbackEntity.class, job.id());
    if (callback != null && callback.state == CallbackState.WAITING) {
      callback.change(CallbackState.WITHDRAWN);
    }
  }

  /** Whether a delivery is of the last message and still to be made. */
  public boolean awaits(Delivery delivery) {
    return state == CallbackState.WAITING && message == delivery.message();
  }

  public CallbackState state() {
    return state;
  }

  public int message() {
    return message;
  }

  public Instant dueAt() {
    return dueAt;
  }

  public long jobId() {
    return jobId;
  }

  /** Counts a try of the last message. */
  public int tried() {
    return ++tries;
  }

  public void tryAgainAt(Instant instant) {
    dueAt = instant;
  }

  public final void change(CallbackState next) {
    state = state.changeTo(next, jobId);
    dueAt = null;
  }

  public Delivery toDelivery(CallbackAddress address) {
    return new Delivery(jobId, message, address, tries, queuedAt);
  }

  public CallbackQueue.Callback toCallback(CallbackAddress address, List<PastTry> history) {
    return new CallbackQueue.Callback(address, state, message, dueAt, history);
  }
}
