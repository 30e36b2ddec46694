package org.cloudcrowd.server;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** The server's metrics, as Prometheus and those who do as it does read them. */
@ProviderType
public interface Metrics {

  /**
   * The media type of the format that a reader gets.
   *
   * @param accept what it accepts, or null for anything
   */
  String contentType(String accept);

  /** Writes every metric as it is now. */
  void write(String accept, OutputStream out) throws IOException;
}
