package org.cloudcrowd.store;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Publishes what any process of the cluster has committed. May be used by any number of threads.
 */
@ProviderType
public interface Changes {

  /**
   * Subscribes to changes. The listener is called for each change, in the same order in every
   * process, on a thread of the store or on the thread that made the change; it must return at
   * once.
   *
   * @return ends the subscription when it is run
   */
  Runnable onChange(Consumer<Change> listener);

  /**
   * Has every process publish the changes of units for a minute. Changes of jobs are always
   * published; those of units cost a cluster nothing while nobody watches.
   */
  void watch();

  /** Whether changes of units are published now, so that none of the last ones is missing. */
  boolean isWatched();
}
