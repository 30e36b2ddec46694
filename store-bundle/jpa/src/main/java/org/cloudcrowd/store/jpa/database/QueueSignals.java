package org.cloudcrowd.store.jpa.database;

import jakarta.persistence.EntityManager;

/** Signals every dispatcher that units were queued. */
public interface QueueSignals {
  /** Subscribes to queued units of any process; returns what ends the subscription. */
  Runnable onQueued(Runnable listener);

  /** Signals when the given transaction commits. */
  void queueing(EntityManager entities);

  /** Is called after that transaction has committed. */
  void queued();
}
