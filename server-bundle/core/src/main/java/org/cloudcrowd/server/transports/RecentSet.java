package org.cloudcrowd.server.transports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The elements that were added last, as many as {@value #MAX}. Safe for any number of threads. */
public final class RecentSet<T> {
  private static final int MAX = 10_000;

  private final Set<T> elements =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
                  return size() > MAX;
                }
              }));

  /** Adds an element; the oldest one is removed where there are too many. */
  public void add(T element) {
    elements.add(element);
  }

  /** Whether it is one of the elements. */
  public boolean contains(T element) {
    return elements.contains(element);
  }
}
