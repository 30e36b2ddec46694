package org.cloudcrowd.server;

import org.osgi.annotation.versioning.ProviderType;

/** How many requests are worked on at once. May be used by any number of threads. */
@ProviderType
public interface Admission {

  /**
   * Asks for a place among the requests that are worked on.
   *
   * @return whether there is one; then {@link #leave} gives it back
   */
  boolean enter();

  /** Gives a place back. */
  void leave();
}
