package org.cloudcrowd.store.jpa.database;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Signals within this process. */
public final class LocalSignals implements QueueSignals, ChangeSignals {
  private final List<Runnable> queueListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> changeListeners = new CopyOnWriteArrayList<>();

  @Override
  public Runnable onQueued(Runnable listener) {
    queueListeners.add(listener);
    return () -> queueListeners.remove(listener);
  }

  @Override
  public void queueing(EntityManager entities) {
    // No other process uses the database.
  }

  @Override
  public void queued() {
    queueListeners.forEach(Runnable::run);
  }

  @Override
  public void onMessage(Consumer<String> listener) {
    changeListeners.add(listener);
  }

  @Override
  public void announcing(EntityManager entities, String message) {
    // It is sent when the transaction has committed.
  }

  @Override
  public void announced(String message) {
    changeListeners.forEach(listener -> listener.accept(message));
  }

  @Override
  public void announceSoon(List<String> messages) {
    messages.forEach(this::announced);
  }
}
