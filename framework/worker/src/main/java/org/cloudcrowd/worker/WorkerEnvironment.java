package org.cloudcrowd.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.protocol.worker.ToolLimits;

/**
 * What every attempt in this worker finds.
 *
 * @param root the directory below which each attempt has its own
 * @param sharedInputs the directory of the downloads that units of a job share, or null where they
 *     share none
 * @param tools what the programs that an action runs may take
 * @param fetcher brings inputs
 * @param assets keeps what is saved
 */
public record WorkerEnvironment(
    Path root, Path sharedInputs, ToolLimits tools, InputFetcher fetcher, Saving assets) {

  /** Keeps files beyond the attempt that made them. */
  @FunctionalInterface
  public interface Saving {
    /**
     * Keeps a copy of a file.
     *
     * @return its URL
     * @throws IOException if it cannot be read, or not be kept
     */
    URI save(AssetKey key, Path file) throws IOException;
  }
}
