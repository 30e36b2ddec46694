package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;

/** Tells everybody who dispatches that units were queued. */
interface QueueSignals {
  /** Calls back after units were queued by anybody; ends the calls when what is returned is run. */
  Runnable onQueued(Runnable listener);

  /** This transaction queues units. */
  void queueing(EntityManager entities);

  /** It has committed. */
  void queued();
}
