package org.cloudcrowd.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.protocol.worker.ToolLimits;

/**
 * The environment of the attempts in this worker.
 *
 * @param root the directory of the work directories
 * @param sharedInputs the directory of the downloads that units of a job share, or null where they
 *     share none
 * @param tools the limits of programs that actions run
 * @param fetcher downloads inputs
 * @param assets stores saved files
 */
public record WorkerEnvironment(
    Path root, Path sharedInputs, ToolLimits tools, InputFetcher fetcher, Saving assets) {

  /** Stores files beyond the attempt that made them. */
  @FunctionalInterface
  public interface Saving {
    /**
     * Stores a copy of a file.
     *
     * @return its URL
     * @throws IOException if it cannot be read or stored
     */
    URI save(AssetKey key, Path file) throws IOException;
  }
}
