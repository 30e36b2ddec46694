package org.cloudcrowd.endpoint;

import java.net.http.HttpRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What this container says to the other ones of its cluster so that they answer it. May be used by
 * any number of threads.
 */
@ProviderType
public interface Credentials {

  /** Adds them to a request to a server or node of the cluster, where such are in use. */
  void addTo(HttpRequest.Builder request);
}
