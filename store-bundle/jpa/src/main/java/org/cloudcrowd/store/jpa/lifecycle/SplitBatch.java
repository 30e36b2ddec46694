package org.cloudcrowd.store.jpa.lifecycle;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.StoreException;

/**
 * Stores a batch, and where that fails, its halves, until the items that cannot be stored are
 * alone: one bad item costs the others only a few more transactions.
 */
public final class SplitBatch {
  private SplitBatch() {}

  /**
   * Stores a batch in one transaction, or in more where it has bad items.
   *
   * @param store stores a part of the batch in a transaction
   * @param alone receives each item that cannot be stored even alone, and the exception
   * @throws StoreException if the database is unavailable; a part of the batch may be stored then
   */
  public static <T> void store(
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
