package org.cloudcrowd.action;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an action is given for one attempt at one work unit.
 *
 * <p>A context is valid until the stage returns, and is used by the thread that runs the stage and
 * those which that stage starts and awaits.
 */
@ProviderType
public interface ActionContext {

  /**
   * The unit's input.
   *
   * @return a {@link String}, or for inputs that are not text the parsed JSON value: a {@link
   *     List}, {@link Map}, {@link Number}, {@link Boolean} or null. A number with a fraction or an
   *     exponent is a {@link Double}, or a {@link java.math.BigDecimal} where a double would be
   *     written as another number: ask for its {@link Number#doubleValue} where that is enough
   */
  Object input();

  /**
   * By what the job is found in the logs of its client, of servers and of nodes; empty where the
   * server is the original's.
   */
  String correlationId();

  /**
   * The unit's input as text.
   *
   * @throws ActionFailure if the input is no string
   */
  String inputText();

  /**
   * Where the downloaded input lies, inside {@link #workDirectory()}.
   *
   * @throws ActionFailure if the input is no URL, so that nothing was downloaded
   */
  Path inputPath();

  /**
   * The base name of {@link #inputPath()} without its extension.
   *
   * @throws ActionFailure if the input is no URL
   */
  String fileName();

  /**
   * What the web server said of the input.
   *
   * @return empty where none was asked: the input is no URL, is a {@code file} URL, or an asset
   */
  Optional<InputReply> inputReply();

  /**
   * The job's options, with the original's {@code job_id}, {@code work_unit_id} and {@code
   * attempts} among them.
   *
   * @return an unmodifiable map of parsed JSON values
   */
  Map<String, Object> options();

  /**
   * The job's options as a record: of an option {@code page_size}, the component {@code pageSize}.
   * A component that is no option is null, 0 or false.
   *
   * @throws ActionFailure if an option does not fit its component
   */
  <T extends Record> T options(Class<T> type);

  /** The id of the job, from 1. */
  long jobId();

  /** The id of the work unit, from 1. */
  long workUnitId();

  /** Which attempt at this unit this is, from 1. */
  int attempt();

  /**
   * An empty directory for this attempt alone, removed when the stage has returned.
   *
   * @return an absolute path; it is also where commands are {@linkplain #run run}
   */
  Path workDirectory();

  /**
   * Downloads another file into the {@link #workDirectory()}.
   *
   * @param url an {@code http}, {@code https} or {@code file} URL that the node's policy allows
   * @return the file, named for the last segment of the URL's path
   * @throws IOException if the URL may not be fetched or cannot be, with the reason
   */
  Path download(String url) throws IOException;

  /**
   * Keeps a file beyond this attempt, in the asset store.
   *
   * @param file a regular file; its name becomes the asset's name, and a second file of the same
   *     name replaces the first
   * @return the URL by which clients and later stages fetch it
   * @throws IOException if the file cannot be read or stored
   */
  URI save(Path file) throws IOException;

  /**
   * Runs a program in the {@link #workDirectory()} and waits for its end. Arguments reach the
   * program as they are; no shell reads them. Where the attempt is ended meanwhile, the program is
   * killed with its worker.
   *
   * @param command the program, then its arguments
   * @return what the program wrote to standard output, as UTF-8 text
   *     <p>What the program puts into its temporary folder, its caches and its home lies in the
   *     {@link #workDirectory()} and goes with it. The node limits its processor time ({@code
   *     worker.tool_minutes}), its memory and the size of the files that it writes.
   * @throws CommandFailure if the program ends with an exit code other than 0
   * @throws ActionFailure if the program cannot be started, writes more than 16 MiB, or takes more
   *     than it may
   */
  String run(List<String> command);

  /**
   * As {@link #run(List)}, for a program that is known to need its time.
   *
   * @param processorTime how much processor time it may take, where that is more than the node's
   *     limit
   */
  String run(Duration processorTime, List<String> command);

  /** As {@link #run(List)}. */
  default String run(String... command) {
    return run(List.of(command));
  }
}
