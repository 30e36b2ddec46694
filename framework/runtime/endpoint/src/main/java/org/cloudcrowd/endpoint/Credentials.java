package org.cloudcrowd.endpoint;

import java.net.http.HttpRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The credentials by which this container authenticates to others of its cluster. May be used by
 * any number of threads.
 */
@ProviderType
public interface Credentials {

  /** Adds them to a request to a server or node of the cluster, if authentication is on. */
  void addTo(HttpRequest.Builder request);
}
