package org.cloudcrowd.server;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** The metrics of the server, in the formats of Prometheus. */
@ProviderType
public interface Metrics {

  /**
   * The media type of the answer.
   *
   * @param accept the header {@code Accept} of the request, or null
   */
  String contentType(String accept);

  /** Writes the current value of every metric. */
  void write(String accept, OutputStream out) throws IOException;
}
