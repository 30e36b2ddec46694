package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.store.CallbackQueue;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.CallbackEntity;
import org.cloudcrowd.store.jpa.entity.CallbackTryEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.events.PublishingTransactions;
import org.cloudcrowd.store.jpa.lifecycle.DeleteJob;
import org.cloudcrowd.store.state.CallbackState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the callbacks in a table, and their tries in another. */
@Component
public final class JpaCallbackQueue implements CallbackQueue {
  private final Transactions transactions;
  private final PublishingTransactions publishing;
  private final Clock clock;

  @Activate
  public JpaCallbackQueue(@Reference Database database) {
    this(database, database.clock());
  }

  /** As {@link #JpaCallbackQueue(Database)}, by a given clock. */
  public JpaCallbackQueue(Database database, Clock clock) {
    this.transactions = database.transactions();
    this.publishing = database.publishing();
    this.clock = clock;
  }

  @Override
  public List<Delivery> take(int limit, Duration term) {
    // Mostly there is none, and a read does not wait for writers.
    var due = transactions.read("look for callbacks", entities -> due(entities, limit));
    return due.isEmpty()
        ? List.of()
        : transactions.run("take callbacks", entities -> take(entities, limit, term));
  }

  private List<CallbackEntity> due(EntityManager entities, int limit) {
    return entities
        .createNamedQuery(CallbackEntity.DUE, CallbackEntity.class)
        .setParameter("now", clock.instant())
        .setMaxResults(limit)
        .getResultList();
  }

  private List<Delivery> take(EntityManager entities, int limit, Duration term) {
    var until = clock.instant().plus(term);
    var taken = new ArrayList<Delivery>();
    for (CallbackEntity callback : due(entities, limit)) {
      int moved =
          entities
              .createNamedQuery(CallbackEntity.TAKE)
              .setParameter("jobId", callback.jobId())
              .setParameter("message", callback.message())
              .setParameter("dueAt", callback.dueAt())
              .setParameter("until", until)
              .executeUpdate();
      if (moved == 1) {
        var job = entities.find(JobEntity.class, callback.jobId());
        taken.add(callback.toDelivery(job.callback()));
      }
    }
    return taken;
  }

  @Override
  public CallbackState record(Delivery delivery, Try tried, Next next) {
    return transactions.run(
        "record a try of a callback",
        entities -> {
          var callback = locked(entities, delivery.jobId());
          if (callback == null) {
            return null;
          }
          boolean isCurrent = callback.awaits(delivery);
          int number = isCurrent ? callback.tried() : delivery.tries() + 1;
          entities.merge(new CallbackTryEntity(delivery, number, tried));
          if (isCurrent) {
            follow(callback, next);
          }
          return callback.state();
        });
  }

  private void follow(CallbackEntity callback, Next next) {
    if (next instanceof Next.Again again) {
      callback.tryAgainAt(clock.instant().plus(again.backoff()));
    } else {
      callback.change(
          next instanceof Next.Delivered ? CallbackState.DELIVERED : CallbackState.GIVEN_UP);
    }
  }

  @Override
  public boolean cleanUp(Delivery delivery, Duration gracePeriod) {
    return publishing.run(
        "delete a job that its receiver has taken over",
        (entities, effects) -> {
          var callback = locked(entities, delivery.jobId());
          if (callback == null || !callback.awaits(delivery)) {
            return false;
          }
          var job = entities.find(JobEntity.class, delivery.jobId());
          new DeleteJob(entities, effects).delete(job, gracePeriod, clock.instant());
          return true;
        });
  }

  @Override
  public Waiting waiting() {
    return transactions.read(
        "count the callbacks that wait",
        entities -> {
          var row =
              entities.createNamedQuery(CallbackEntity.WAITING, Object[].class).getSingleResult();
          return new Waiting((Long) row[0], (Instant) row[1]);
        });
  }

  @Override
  public Callback sendAgain(long jobId) {
    return transactions.run(
        "queue the callback of job " + jobId,
        entities -> {
          var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
          if (job == null) {
            return null;
          }
          if (job.callback() == null) {
            throw new IllegalStateException("job " + jobId + " has no callback_url");
          }
          if (!job.progress().state().isComplete()) {
            throw new IllegalStateException(
                "job " + jobId + " is not complete; its callback is sent when it is");
          }
          return view(entities, job, CallbackEntity.queue(entities, job, clock.instant()));
        });
  }

  @Override
  public Callback find(long jobId) {
    return transactions.read(
        "read a callback",
        entities -> {
          var callback = entities.find(CallbackEntity.class, jobId);
          return callback == null
              ? null
              : view(entities, entities.find(JobEntity.class, jobId), callback);
        });
  }

  private static Callback view(EntityManager entities, JobEntity job, CallbackEntity callback) {
    return callback.toCallback(
        job.callback(),
        entities
            .createNamedQuery(CallbackTryEntity.OF_JOB, CallbackTryEntity.class)
            .setParameter("jobId", job.id())
            .getResultStream()
            .map(CallbackTryEntity::toTry)
            .toList());
  }

  /** A job's callback, under the lock of the job's row; null where one of them is gone. */
  private static CallbackEntity locked(EntityManager entities, long jobId) {
    return entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE) == null
        ? null
        : entities.find(CallbackEntity.class, jobId);
  }
}
