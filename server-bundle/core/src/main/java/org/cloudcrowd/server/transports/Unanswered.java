package org.cloudcrowd.server.transports;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Describes why a node did not answer. */
public final class Unanswered {
  private Unanswered() {}

  /** The cause of an exception, without the exceptions that only wrap it. */
  public static Throwable cause(Throwable failure) {
    var cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  public static String reason(Throwable failure) {
    var cause = cause(failure);
    if (cause instanceof HttpTimeoutException) {
      return "it took too long";
    }
    if (cause.getMessage() != null) {
      return cause.getMessage();
    }
    return cause instanceof ConnectException ? "nothing listens there" : "the connection broke";
  }
}
