package org.cloudcrowd.store.jpa;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.StoreException;

/**
 * Stores a batch, and where that fails, its halves, until what cannot be stored stands alone: so
 * one bad item costs the others some transactions more, and nothing else.
 */
final class SplitBatch {
  private SplitBatch() {}

  /**
   * Stores a batch in one transaction, or in as few more as its bad items need.
   *
   * @param store stores a part of the batch in a transaction
   * @param alone is told of each item that cannot be stored by itself, and why
   * @throws StoreException if the database is unavailable; a part of the batch may be stored then
   */
  static <T> void store(
      List<T> batch, Consumer<List<T>> store, BiConsumer<T, RuntimeException> alone) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      store.accept(batch);
    } catch (RuntimeException e) {
      if (!mayLieInAnItem(e)) {
        throw e;
      }
      if (batch.size() == 1) {
        alone.accept(batch.get(0), e);
      } else {
        int half = batch.size() / 2;
        store(batch.subList(0, half), store, alone);
        store(batch.subList(half, batch.size()), store, alone);
      }
    }
  }

  private static boolean mayLieInAnItem(RuntimeException failure) {
    return !EachAlone.isUnavailable(failure);
  }
}
