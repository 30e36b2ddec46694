package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.cloudcrowd.protocol.server.CleanupView;
import org.cloudcrowd.protocol.server.OrphanList;
import org.cloudcrowd.server.Cleanups;
import org.cloudcrowd.server.InvalidRequestException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /cleanup}: deletes old jobs, and files without a job. */
@Component(service = CleanupResource.class)
@Path("cleanup")
@Produces(MediaType.APPLICATION_JSON)
public final class CleanupResource {
  private final Cleanups cleanups;

  @Activate
  public CleanupResource(@Reference Cleanups cleanups) {
    this.cleanups = cleanups;
  }

  /** Deletes jobs that have been complete for some days, a batch of them. */
  @POST
  @Path("jobs")
  @Operation(
      operationId = "cleanJobs",
      summary = "Deletes a batch of the jobs that were complete for longer than some days",
      tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = CleanupView.class)))
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public CleanupView jobs(@QueryParam("days") Double days) throws InvalidRequestException {
    if (days == null) {
      throw new InvalidRequestException("/days", "days says how old jobs must be");
    }
    return cleanups.deleteJobs(days);
  }

  /** Finds the files of jobs that do not exist, and deletes them on request. */
  @POST
  @Path("orphans")
  @Operation(
      operationId = "cleanOrphans",
      summary = "Lists or removes files of jobs that are not there",
      tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OrphanList.class)))
  public OrphanList orphans(@QueryParam("remove") @DefaultValue("false") boolean remove)
      throws IOException {
    return cleanups.orphans(remove);
  }
}
