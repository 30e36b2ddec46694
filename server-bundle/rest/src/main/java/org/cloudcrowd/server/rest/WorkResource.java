package org.cloudcrowd.server.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cloudcrowd.protocol.server.ResultReport;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Results;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /work}, where results arrive. */
@Component(service = WorkResource.class)
@Path("work")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkResource {
  private final Results results;

  /** Brings results to where they are counted. */
  @Activate
  public WorkResource(@Reference Results results) {
    this.results = results;
  }

  /** A batch of results: 200 where at least one counted, 409 where each was refused. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response report(ResultReport report) throws InvalidRequestException {
    if (report == null) {
      throw new InvalidRequestException("", "a report is a JSON object");
    }
    var reply = results.report(report);
    boolean allRefused =
        !report.results().isEmpty() && reply.refused().size() == report.results().size();
    return Response.status(allRefused ? Response.Status.CONFLICT : Response.Status.OK)
        .entity(reply)
        .build();
  }
}
