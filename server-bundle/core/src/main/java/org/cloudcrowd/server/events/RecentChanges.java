package org.cloudcrowd.server.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cloudcrowd.store.Change;

/** The last changes, in the order in which every server gets them. For one thread at a time. */
final class RecentChanges {
  private static final int MOST = 10_000;

  private final ArrayDeque<Change> changes = new ArrayDeque<>();

  void add(Change change) {
    if (changes.size() == MOST) {
      changes.removeFirst();
    }
    changes.addLast(change);
  }

  void clear() {
    changes.clear();
  }

  /** The changes after an id, or null where the id is not among them. */
  List<Change> after(String id) {
    var later = new ArrayList<Change>();
    for (var backwards = changes.descendingIterator(); backwards.hasNext(); ) {
      var change = backwards.next();
      if (id.equals(id(change))) {
        Collections.reverse(later);
        return later;
      }
      later.add(change);
    }
    return null;
  }

  static String id(Change change) {
    if (change instanceof Change.OfJobs jobs) {
      return jobs.id();
    }
    return change instanceof Change.OfUnits units ? units.id() : null;
  }
}
