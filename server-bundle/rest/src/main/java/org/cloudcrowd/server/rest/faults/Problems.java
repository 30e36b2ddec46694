package org.cloudcrowd.server.rest.faults;

import jakarta.ws.rs.core.Response;
import java.util.List;
import org.cloudcrowd.protocol.server.Problem;

/** Makes responses of problems. */
public final class Problems {
  public static final int UNPROCESSABLE = 422;
  private static final String NO_TYPE = "about:blank";

  private Problems() {}

  public static Response of(int status, String title, String detail, String field) {
    return Response.status(status)
        .type(Problem.MEDIA_TYPE)
        .entity(new Problem(NO_TYPE, title, status, detail, field))
        .build();
  }

  static Response unprocessable(String field, String detail) {
    return of(UNPROCESSABLE, "Unprocessable Content", detail, field);
  }

  static Response unprocessable(List<Problem.Fault> faults) {
    var first = faults.get(0);
    return Response.status(UNPROCESSABLE)
        .type(Problem.MEDIA_TYPE)
        .entity(
            new Problem(
                NO_TYPE,
                "Unprocessable Content",
                UNPROCESSABLE,
                first.detail(),
                first.field(),
                faults))
        .build();
  }

  public static Response notFound(String detail) {
    return of(Response.Status.NOT_FOUND.getStatusCode(), "Not Found", detail, null);
  }
}
