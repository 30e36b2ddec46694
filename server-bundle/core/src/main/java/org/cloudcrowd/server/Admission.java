package org.cloudcrowd.server;

import org.osgi.annotation.versioning.ProviderType;

/** Limits the requests that are processed at once. May be used by any number of threads. */
@ProviderType
public interface Admission {

  /**
   * Asks to process a request.
   *
   * @return whether it may be processed; then {@link #leave} must be called at its end
   */
  boolean enter();

  void leave();
}
