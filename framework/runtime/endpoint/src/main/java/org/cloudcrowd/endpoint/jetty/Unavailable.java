package org.cloudcrowd.endpoint.jetty;

import java.nio.charset.StandardCharsets;

/** The problem with which an endpoint answers while its servlets start or stop. */
final class Unavailable {
  static final String MEDIA_TYPE = "application/problem+json";
  static final String DETAIL = "the server is starting or stopping; try again";
  static final String RETRY_AFTER_SECONDS = "1";

  private static final byte[] PROBLEM =
      ("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
              + "\"detail\":\""
              + DETAIL
              + "\"}")
          .getBytes(StandardCharsets.UTF_8);

  private Unavailable() {}

  static byte[] problem() {
    return PROBLEM.clone();
  }
}
