package org.cloudcrowd.client;

import java.io.IOException;
import org.cloudcrowd.protocol.server.Problem;

/** The server refused a request, and said why. */
public final class ServerProblemException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ServerProblemException(Problem problem) {
    super((problem.field() == null ? "" : problem.field() + ": ") + problem.detail());
    this.problem = problem;
  }

  /** What the server said. */
  public Problem problem() {
    return problem;
  }
}
