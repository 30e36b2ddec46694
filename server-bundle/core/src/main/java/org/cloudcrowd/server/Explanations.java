package org.cloudcrowd.server;

import org.cloudcrowd.protocol.job.WhyView;
import org.osgi.annotation.versioning.ProviderType;

/** Explains why units do not run. May be used by any number of threads. */
@ProviderType
public interface Explanations {

  /** The reasons why units of a job do not run, or null if there is no such job. */
  WhyView why(long jobId);
}
