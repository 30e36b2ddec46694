package org.cloudcrowd.store;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Works on several items so that one that fails does not keep the others from their turn. */
public final class EachAlone {
  private EachAlone() {}

  /**
   * Works on each item.
   *
   * @param onFailure is told of each item whose work fails, and why
   * @throws StoreException if the store is unavailable, which is no fault of an item: what has not
   *     had its turn is left for the next time
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

  /** Whether a failure says that the store can do nothing now, whatever it is given. */
  public static boolean isUnavailable(RuntimeException failure) {
    return failure instanceof StoreException && !(failure instanceof RefusedValueException);
  }
}
