package org.cloudcrowd.server;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Whether this server works. May be used by any number of threads. */
@ProviderType
public interface Health {

  /**
   * The faults that keep this server from working, a sentence for each: the database is away, or a
   * loop has failed for half a minute. Returns at once.
   */
  List<String> faults();
}
