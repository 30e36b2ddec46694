package org.cloudcrowd.assets;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Brings what a URL names into a directory. May be used by any number of threads. */
@ProviderType
public interface InputFetcher {

  /**
   * Whether an input is a URL, and so is fetched before its action begins: it has a scheme of two
   * letters or more, followed by {@code :/}.
   */
  boolean isUrl(String input);

  /**
   * Fetches what a URL names, within the policy's limits.
   *
   * @param url the URL, with the scheme {@code http}, {@code https} or {@code file}
   * @param directory where to put it; nothing else there is touched
   * @return the new file, named for the last segment of the URL's path
   * @throws IOException if the URL may not be fetched or cannot be; the message says which URL,
   *     without credentials, and why
   */
  Path fetch(String url, Path directory) throws IOException;
}
