package org.cloudcrowd.protocol.job;

import java.util.List;

/**
 * The callback of a job.
 *
 * @param url where it is sent, without credentials
 * @param format {@code form} or {@code json}
 * @param status {@code waiting}, {@code delivered}, {@code given_up}, or {@code withdrawn} where
 *     the job was retried first
 * @param nextTryAt when it is tried next, or null
 * @param tries its tries, oldest first
 */
public record CallbackView(
    String url, String format, String status, String nextTryAt, List<TryView> tries) {

  /**
   * A try.
   *
   * @param messageId the id that the receiver got; tries of one message share it
   * @param startedAt when it was begun
   * @param seconds how long it took
   * @param status the HTTP status of the answer, or null where there was none
   * @param message why there was none, or null
   */
  public record TryView(
      String messageId, String startedAt, double seconds, Integer status, String message) {}
}
