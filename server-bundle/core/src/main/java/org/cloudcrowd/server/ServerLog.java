package org.cloudcrowd.server;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The log of this server's process. May be used by any number of threads. */
@ProviderType
public interface ServerLog {

  /**
   * The last lines of the log, the newest last.
   *
   * @param count how many at most
   * @throws IOException if the log cannot be read
   */
  List<String> lastLines(int count) throws IOException;
}
