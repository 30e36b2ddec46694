package org.cloudcrowd.server.ruby;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The workers of Ruby nodes whose attempts were given up, and which may still report them. By it a
 * failure of one is told from that of the next attempt, whose worker is not known until its node
 * has answered. Safe for any number of threads.
 */
final class GivenUpWorkers {
  private static final int MAX = 10_000;

  private final Set<Worker> workers = Collections.synchronizedSet(newest());

  private record Worker(long unitId, long pid) {}

  /** The oldest are removed: they have reported long ago. */
  private static Set<Worker> newest() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Worker, Boolean> eldest) {
            return size() > MAX;
          }
        });
  }

  void add(long unitId, long pid) {
    workers.add(new Worker(unitId, pid));
  }

  boolean contains(long unitId, long pid) {
    return workers.contains(new Worker(unitId, pid));
  }
}
