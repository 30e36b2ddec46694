package org.cloudcrowd.client;

import java.io.IOException;
import org.cloudcrowd.protocol.server.Problem;

/** The server refused a request, with a problem. */
public final class ServerProblemException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ServerProblemException(Problem problem) {
    super((problem.field() == null ? "" : problem.field() + ": ") + problem.detail());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
