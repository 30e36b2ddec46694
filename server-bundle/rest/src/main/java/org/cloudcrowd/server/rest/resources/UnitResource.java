package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.Logs;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /units}. */
@Component(service = UnitResource.class)
@Path("units")
@Produces(MediaType.APPLICATION_JSON)
public final class UnitResource {
  private static final String ATTEMPT_HEADER = "CloudCrowd-Attempt";

  private final Jobs jobs;
  private final Logs logs;

  @Activate
  public UnitResource(@Reference Jobs jobs, @Reference Logs logs) {
    this.jobs = jobs;
    this.logs = logs;
  }

  /** What a unit printed, at one attempt or at the last that printed anything. */
  @GET
  @Path("{id: [0-9]{1,18}}/log")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(operationId = "getUnitLog", summary = "What a work unit printed", tags = "work units")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response log(@PathParam("id") long id, @QueryParam("attempt") Integer attempt) {
    var log = logs.find(id, attempt);
    return log == null
        ? Problems.notFound("there is no work unit " + id)
        : Response.ok(log.text(), MediaType.TEXT_PLAIN + ";charset=utf-8")
            .header(ATTEMPT_HEADER, log.attempt())
            .build();
  }

  /** A unit with the history of its attempts. */
  @GET
  @Path("{id: [0-9]{1,18}}")
  @Operation(
      operationId = "getUnit",
      summary = "A work unit with the history of its attempts",
      tags = "work units")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = UnitView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public Response get(@PathParam("id") long id, @QueryParam("links") String links)
      throws InvalidRequestException {
    var unit = jobs.unit(id, JobResource.fileLinks(links));
    return unit == null
        ? Problems.notFound("there is no work unit " + id)
        : Response.ok(unit).build();
  }
}
