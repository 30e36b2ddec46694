package org.cloudcrowd.store;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Tells what is committed, by whichever process. May be used by any number of threads. */
@ProviderType
public interface Changes {

  /**
   * Calls back for each change, in one order for all processes, on a thread of the store's or of
   * whoever made the change; it must return at once.
   *
   * @return ends the calls when it is run
   */
  Runnable onChange(Consumer<Change> listener);

  /**
   * Has changes of units told for a minute, in every process. Those of jobs are always told; a
   * cluster that nobody looks at need not spend anything on the others.
   */
  void watch();

  /** Whether somebody watches, so that nothing that was told lately is missing. */
  boolean isWatched();
}
