package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Signals within this process. */
final class LocalSignals implements QueueSignals {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  @Override
  public Runnable onQueued(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void queueing(EntityManager entities) {
    // Nobody else can see the database.
  }

  @Override
  public void queued() {
    listeners.forEach(Runnable::run);
  }
}
