package org.cloudcrowd.assets;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Brings what a URL names into a directory. May be used by any number of threads. */
@ProviderType
public interface InputFetcher {

  /**
   * Fetches what a URL names, within the policy's limits.
   *
   * @return the new file, which is named for the last segment of the URL's path
   * @throws IOException if the URL may not be fetched or cannot be, or what lies there has another
   *     checksum; the message says which URL, without credentials, and why
   */
  FetchedInput fetch(InputSource source, FetchPlace place) throws IOException;
}
