package org.cloudcrowd.server.dispatch;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why a node has not answered, in words. */
final class Unanswered {
  private Unanswered() {}

  /** What an exception is about, without those that only carry it. */
  static Throwable cause(Throwable failure) {
    var cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  static String reason(Throwable failure) {
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
