package org.cloudcrowd.protocol.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a client posts to make a job.
 *
 * @param action the name of the action that does the work
 * @param inputs one work unit is made of each; at least one
 * @param options what the action is told besides, or null for nothing
 * @param callbackUrl whom to tell when the job is complete, or null for nobody
 * @param callbackFormat how: {@code form} or {@code json}; null is {@code form}
 * @param email kept with the job and shown with it, or null
 * @param priority the smaller, the earlier, from -1000 to 1000; null is 0
 * @param maxAttempts how many attempts of a work unit may fail before it is failed; null is as the
 *     server is configured
 * @param backoff the pause after a unit's first failed attempt, in seconds, which doubles with
 *     each; null is as the server is configured
 * @param timeout how long an attempt may take, in seconds; null is as the server is configured
 * @param maxRunning how many of its work units run at once, at least 1; null is any number
 * @param maxPerSecond how many of its work units begin in a second; null is any number
 */
public record JobRequest(
    String action,
    List<JsonNode> inputs,
    ObjectNode options,
    String callbackUrl,
    String callbackFormat,
    String email,
    Integer priority,
    Integer maxAttempts,
    Double backoff,
    Double timeout,
    Integer maxRunning,
    Double maxPerSecond) {

  /** A job without wishes. */
  public static JobRequest of(String action, List<JsonNode> inputs, ObjectNode options) {
    return new JobRequest(
        action, inputs, options, null, null, null, null, null, null, null, null, null);
  }
}
