package org.cloudcrowd.server;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Whether this server does its work. May be used by any number of threads. */
@ProviderType
public interface Health {

  /**
   * What keeps it from doing its work now, a sentence for each: a database that is away, or a loop
   * that has failed for half a minute. Empty where nothing does. Returns at once.
   */
  List<String> faults();
}
