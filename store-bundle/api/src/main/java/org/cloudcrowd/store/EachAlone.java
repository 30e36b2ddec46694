package org.cloudcrowd.store;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Processes several items so that one that fails does not keep the others from being processed. */
public final class EachAlone {
  private EachAlone() {}

  /**
   * Processes each item.
   *
   * @param onFailure is called with each item that failed, and the exception
   * @throws StoreException if the store is unavailable, which is no fault of an item; the remaining
   *     items are not processed
   */
  public static <T> void forEach(
      Iterable<T> items, Consumer<T> work, BiConsumer<T, RuntimeException> onFailure) {
    for (T item : items) {
      try {
        work.accept(item);
      } catch (RuntimeException e) {
        if (isUnavailable(e)) {
          throw e;
        }
        onFailure.accept(item, e);
      }
    }
  }

  /** Whether a failure says that the store is unavailable. */
  public static boolean isUnavailable(RuntimeException failure) {
    return failure instanceof StoreException && !(failure instanceof RefusedValueException);
  }
}
