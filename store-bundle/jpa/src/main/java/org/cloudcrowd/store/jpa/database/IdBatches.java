package org.cloudcrowd.store.jpa.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Splits ids into lists for the {@code in} of a query.
 *
 * <p>Each list is filled up to a power of two by repeating its last id: Derby compiles a statement
 * for every length, which takes some milliseconds, so there are few lengths.
 */
public final class IdBatches {
  private static final int LARGEST = 256;

  private IdBatches() {}

  public static List<List<Long>> of(Collection<Long> ids) {
    var batches = new ArrayList<List<Long>>();
    List<Long> batch = new ArrayList<>();
    for (Long id : ids) {
      batch.add(id);
      if (batch.size() == LARGEST) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
    }
    if (!batch.isEmpty()) {
      while (Integer.bitCount(batch.size()) != 1) {
        batch.add(batch.get(batch.size() - 1));
      }
      batches.add(batch);
    }
    return batches;
  }
}
