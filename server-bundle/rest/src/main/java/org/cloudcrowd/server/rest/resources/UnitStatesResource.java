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
import org.cloudcrowd.protocol.job.UnitStatesView;
import org.cloudcrowd.server.Charts;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /jobs/{id}/states}: the states of all units of a job, in short. */
@Component(service = UnitStatesResource.class)
@Path("jobs/{id: [0-9]{1,18}}/states")
@Produces(MediaType.APPLICATION_JSON)
public final class UnitStatesResource {
  private final Charts charts;

  @Activate
  public UnitStatesResource(@Reference Charts charts) {
    this.charts = charts;
  }

  /** All of it. */
  @GET
  @Operation(
      operationId = "getUnitStates",
      summary = "Where all work units of a job are",
      tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = UnitStatesView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response get(@PathParam("id") long id) {
    var view = charts.states(id);
    return view == null ? Problems.notFound("there is no job " + id) : Response.ok(view).build();
  }
}
