package org.cloudcrowd.server;

import org.cloudcrowd.protocol.server.WhyView;
import org.osgi.annotation.versioning.ProviderType;

/** Tells why work does not run. May be used by any number of threads. */
@ProviderType
public interface Explanations {

  /** Why the units of a job that wait are not running, or null if there is no such job. */
  WhyView why(long jobId);
}
