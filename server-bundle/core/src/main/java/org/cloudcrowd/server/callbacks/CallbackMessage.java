package org.cloudcrowd.server.callbacks;

import java.util.Map;

/**
 * What a receiver is told.
 *
 * @param receiver where it is sent
 * @param headers with the message's signature
 * @param body the job
 */
record CallbackMessage(Receiver receiver, Map<String, String> headers, String body) {
  /** The id of a message, the same for all its tries. */
  static String id(long jobId, int message) {
    return "job-" + jobId + "-" + message;
  }
}
