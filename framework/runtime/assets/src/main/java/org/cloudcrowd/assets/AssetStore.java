package org.cloudcrowd.assets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Stores files beyond the attempt that made them. May be used by any number of threads. */
@ProviderType
public interface AssetStore {

  /**
   * Stores a copy of a file, whole or not at all. It replaces one of the same key.
   *
   * @param key its key
   * @param file a regular file
   * @return as {@link #link}
   * @throws IOException if the file cannot be read or stored
   */
  URI save(AssetKey key, Path file) throws IOException;

  /**
   * The URL of an asset, whether or not it exists; of the scheme {@code file} where only processes
   * that see the store's directory can use it. It may expire after a day; another call makes a new
   * one.
   */
  URI link(AssetKey key);

  /**
   * The asset that a URL of this store names, even if the URL has expired; empty for other URLs.
   */
  Optional<AssetKey> find(URI url);

  /**
   * Opens an asset.
   *
   * @return empty where there is none
   * @throws IOException if that cannot be found out
   */
  Optional<StoredAsset> open(AssetKey key) throws IOException;

  /**
   * Deletes every asset of an attempt; it is no error if there is none.
   *
   * @throws IOException if some could not be deleted; the call may be repeated
   */
  void deleteAttempt(AttemptFiles attempt) throws IOException;

  /**
   * Deletes every asset of a job; it is no error if there is none.
   *
   * @throws IOException if some could not be deleted; the call may be repeated
   */
  void deleteJob(JobFiles job) throws IOException;

  /**
   * Passes on every job that has assets, in any order.
   *
   * @throws IOException if they cannot be listed
   */
  void eachJob(Consumer<JobFiles> visitor) throws IOException;
}
