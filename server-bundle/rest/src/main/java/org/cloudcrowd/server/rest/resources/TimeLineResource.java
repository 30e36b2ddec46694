package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cloudcrowd.protocol.job.TimeLineView;
import org.cloudcrowd.server.Charts;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /jobs/{id}/timeline}: when which node was busy with a job. */
@Component(service = TimeLineResource.class)
@Path("jobs/{id: [0-9]{1,18}}/timeline")
@Produces(MediaType.APPLICATION_JSON)
public final class TimeLineResource {
  private final Charts charts;

  @Activate
  public TimeLineResource(@Reference Charts charts) {
    this.charts = charts;
  }

  /** All of it. */
  @GET
  @Operation(
      operationId = "getTimeLine",
      summary = "When which node was busy with a job",
      tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = TimeLineView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response get(@PathParam("id") long id) {
    var view = charts.timeLine(id);
    return view == null ? Problems.notFound("there is no job " + id) : Response.ok(view).build();
  }
}
