package org.cloudcrowd.server.callbacks;

import java.util.Map;

/**
 * What a receiver is told.
 *
 * @param receiver who is told
 * @param headers with the message's signature
 * @param body the job
 */
record CallbackMessage(Receiver receiver, Map<String, String> headers, String body) {
  /** The id of a message, the same however often it is tried. */
  static String id(long jobId, int message) {
    return "job-" + jobId + "-" + message;
  }
}
