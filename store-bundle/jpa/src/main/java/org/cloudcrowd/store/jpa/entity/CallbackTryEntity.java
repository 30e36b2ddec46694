package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.cloudcrowd.store.CallbackQueue.Delivery;
import org.cloudcrowd.store.CallbackQueue.PastTry;
import org.cloudcrowd.store.CallbackQueue.Try;

/** A try to deliver a callback. The row is never changed. */
@Entity(name = "CallbackTry")
@Table(name = "callback_tries")
@IdClass(CallbackTryEntity.Key.class)
// Both go down the primary key.
@NamedQuery(
    name = CallbackTryEntity.OF_JOB,
    query = "select t from CallbackTry t where t.jobId = :jobId order by t.message, t.number")
@NamedQuery(
    name = CallbackTryEntity.DELETE_OF_JOB,
    query = "delete from CallbackTry t where t.jobId = :jobId")
public class CallbackTryEntity {
  public static final String OF_JOB = "CallbackTry.ofJob";
  public static final String DELETE_OF_JOB = "CallbackTry.deleteOfJob";

  private static final int MAX_FAULT = 1000;

  @Id
  @Column(name = "job_id")
  private long jobId;

  @Id private int message;

  @Id
  @Column(name = "try_no")
  private int number;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "took_millis")
  private long tookMillis;

  private int status;
  private String fault;

  protected CallbackTryEntity() {}

  /**
   * @param number the number of the try, of the delivery's message
   */
  public CallbackTryEntity(Delivery delivery, int number, Try made) {
    this.jobId = delivery.jobId();
    this.message = delivery.message();
    this.number = number;
    this.startedAt = made.startedAt();
    this.tookMillis = made.took().toMillis();
    this.status = made.status();
    this.fault =
        made.fault() == null || made.fault().length() <= MAX_FAULT
            ? made.fault()
            : made.fault().substring(0, MAX_FAULT);
  }

  public PastTry toTry() {
    return new PastTry(message, new Try(startedAt, Duration.ofMillis(tookMillis), status, fault));
  }

  /** A try's primary key, which JPA wants as a class with fields. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private long jobId;
    private int message;
    private int number;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.jobId == jobId
          && key.message == message
          && key.number == number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(jobId, message, number);
    }
  }
}
