package org.cloudcrowd.store;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The actions whose units are not dispatched to any node. What runs ends; what is queued waits. May
 * be used by any number of threads and processes.
 */
@ProviderType
public interface Blacklist {

  /**
   * Puts an action on the list. An action that is on the list already keeps its id, and gets the
   * new end.
   *
   * @param endsAt when it leaves the list by itself, or null for never
   */
  Entry add(String action, Instant endsAt);

  /** Takes an action off the list; returns its entry, or null if there was none. */
  Entry remove(String action);

  /** What is on the list now, by id. */
  List<Entry> entries();

  /**
   * An action on the list.
   *
   * @param id from 1, in the order in which they came
   * @param action its name
   * @param createdAt when it first came
   * @param endsAt when it leaves by itself, or null for never
   */
  record Entry(long id, String action, Instant createdAt, Instant endsAt) {}
}
