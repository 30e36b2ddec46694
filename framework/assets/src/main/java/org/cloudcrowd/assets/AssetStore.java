package org.cloudcrowd.assets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps files beyond the attempt that made them. May be used by any number of threads. */
@ProviderType
public interface AssetStore {

  /**
   * Keeps a copy of a file. It is there whole, or not at all; one of the same key is replaced.
   *
   * @param key what it is called
   * @param file a regular file
   * @return the URL by which clients and workers fetch it
   * @throws IOException if the file cannot be read, or not be kept
   */
  URI save(AssetKey key, Path file) throws IOException;

  /**
   * Deletes every asset of a job; it is no error if there is none.
   *
   * @throws IOException if some could not be deleted; it may be tried again
   */
  void deleteJob(String action, long jobId) throws IOException;
}
