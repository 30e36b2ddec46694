package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.Consumer;

/** Takes messages about changes to every process, to each in the same order. */
interface ChangeSignals {
  /** What is heard where messages may have been lost. */
  String LOST = "";

  /** The longest message, in characters of ASCII. */
  int MAX_LENGTH = 7000;

  /** Calls back for each message, those of this process included. */
  void onMessage(Consumer<String> listener);

  /** This transaction makes a change of which others are told if it commits. */
  void announcing(EntityManager entities, String message);

  /** Such a transaction has committed. */
  void announced(String message);

  /** Tells of what was committed before, soon. */
  void announceSoon(List<String> messages);
}
