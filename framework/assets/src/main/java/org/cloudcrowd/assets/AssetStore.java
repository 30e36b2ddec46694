package org.cloudcrowd.assets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps files beyond the attempt that made them. May be used by any number of threads. */
@ProviderType
public interface AssetStore {

  /**
   * Keeps a copy of a file. It is there whole, or not at all; one of the same key is replaced.
   *
   * @param key what it is called
   * @param file a regular file
   * @return as {@link #link}
   * @throws IOException if the file cannot be read, or not be kept
   */
  URI save(AssetKey key, Path file) throws IOException;

  /**
   * A URL of an asset, whether it is there or not: of the scheme {@code file} where only those can
   * use it who see the store's directory. It may be valid for a day alone, and is made anew by
   * another call.
   */
  URI link(AssetKey key);

  /** Which asset a URL names, if it is one of this store's, however old. */
  Optional<AssetKey> find(URI url);

  /**
   * Opens an asset.
   *
   * @return empty where there is none
   * @throws IOException if that cannot be said
   */
  Optional<StoredAsset> open(AssetKey key) throws IOException;

  /**
   * Deletes every asset of an attempt; it is no error if there is none.
   *
   * @throws IOException if some could not be deleted; it may be tried again
   */
  void deleteAttempt(AttemptFiles attempt) throws IOException;

  /**
   * Deletes every asset of a job; it is no error if there is none.
   *
   * @throws IOException if some could not be deleted; it may be tried again
   */
  void deleteJob(JobFiles job) throws IOException;

  /**
   * Tells of every job that has assets, in any order.
   *
   * @throws IOException if they cannot be listed
   */
  void eachJob(Consumer<JobFiles> visitor) throws IOException;
}
