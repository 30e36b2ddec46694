package org.cloudcrowd.assets;

import java.nio.file.Path;

/**
 * A downloaded input.
 *
 * @param file where it lies
 * @param reply what the server said of it, or null where no server was asked
 */
public record FetchedInput(Path file, Reply reply) {

  /**
   * The status and type of a server's answer.
   *
   * @param status the status of its answer, 200 to 299
   * @param type the media type that it named, or null where it named none
   */
  public record Reply(int status, String type) {}
}
