package org.cloudcrowd.store.jpa.database;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.Consumer;

/** Sends messages about changes to every process, in the same order to each. */
public interface ChangeSignals {
  /** The message that stands for messages that may have been lost. */
  String LOST = "";

  /** The longest message, in characters of ASCII. */
  int MAX_LENGTH = 7000;

  /** Subscribes to messages, those of this process included. */
  void onMessage(Consumer<String> listener);

  /** Sends a message when the given transaction commits. */
  void announcing(EntityManager entities, String message);

  /** Is called after that transaction has committed. */
  void announced(String message);

  /** Sends messages about what was committed before, soon. */
  void announceSoon(List<String> messages);
}
