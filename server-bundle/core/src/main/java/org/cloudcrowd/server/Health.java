package org.cloudcrowd.server;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Whether this server can be given requests. May be used by any number of threads. */
@ProviderType
public interface Health {

  /** What keeps it from serving requests now, a sentence for each; empty where nothing does. */
  List<String> faults();
}
