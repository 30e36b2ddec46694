package org.cloudcrowd.itests.cluster.faults;

import java.util.EnumMap;
import java.util.Map;

/** How often each fault was injected. */
final class FaultLog {
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  void add(Fault fault) {
    counts.merge(fault, 1, Integer::sum);
  }

  int size() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public String toString() {
    return counts.toString().toLowerCase(java.util.Locale.ROOT);
  }
}
