package org.cloudcrowd.assets;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Downloads the file of a URL into a directory. May be used by any number of threads. */
@ProviderType
public interface InputFetcher {

  /**
   * Downloads the file of a URL, within the limits of the policy.
   *
   * @return the new file, which is named for the last segment of the URL's path
   * @throws IOException if the URL must not or cannot be downloaded, or its file has another
   *     checksum; the message has the URL, without credentials, and the reason
   */
  FetchedInput fetch(InputSource source, FetchPlace place) throws IOException;
}
