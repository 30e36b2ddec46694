package org.cloudcrowd.endpoint;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/** An open HTTP server. */
@ProviderType
public interface Endpoint {
  /** The service property that holds the endpoint's name, for example {@code server}. */
  String NAME = "endpoint.name";

  /**
   * The id of the condition that opens an endpoint: the bundle that serves it registers one with
   * the property {@link #NAME} once every request would be answered. Without it the endpoint
   * answers 503.
   */
  String ANSWERS = "org.cloudcrowd.endpoint.answers";

  /** The address it listens at, as configured: a host name or an IP address. */
  String host();

  /** The port it listens at; a free one was chosen where 0 was configured. */
  int port();

  /** Its base URL, with a slash at the end. */
  URI url();
}
