package org.cloudcrowd.server.callbacks;

import java.net.URI;
import java.util.Map;

/**
 * What a receiver is told.
 *
 * @param receiver where it is, without credentials
 * @param headers with them, and with its signature
 * @param body the job
 */
record CallbackMessage(URI receiver, Map<String, String> headers, String body) {
  /** The id of a message, the same however often it is tried. */
  static String id(long jobId, int message) {
    return "job-" + jobId + "-" + message;
  }
}
