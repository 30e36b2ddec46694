package org.cloudcrowd.assets;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * A stored asset.
 *
 * @param bytes its size
 * @param savedAt when it was saved
 * @param content reads it
 */
public record StoredAsset(long bytes, Instant savedAt, Content content) {

  /** The content of an asset. */
  @FunctionalInterface
  public interface Content {
    /**
     * Reads from a byte on, the first of which is 0; to be closed by the caller.
     *
     * @throws IOException if it cannot be read
     */
    InputStream from(long first) throws IOException;
  }
}
