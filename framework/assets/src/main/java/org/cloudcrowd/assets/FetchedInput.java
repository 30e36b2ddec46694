package org.cloudcrowd.assets;

import java.nio.file.Path;

/**
 * An input that was fetched.
 *
 * @param file where it lies
 * @param reply what the server said of it, or null where no server was asked
 */
public record FetchedInput(Path file, Reply reply) {

  /**
   * What a server said of what it sent.
   *
   * @param status the status of its answer, 200 to 299
   * @param type the media type that it named, or null where it named none
   */
  public record Reply(int status, String type) {}
}
