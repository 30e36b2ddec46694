package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cloudcrowd.protocol.job.CallbackView;
import org.cloudcrowd.server.Callbacks;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /jobs/{id}/callback}: the callback of a job. */
@Component(service = CallbackResource.class)
@Path("jobs/{id: [0-9]{1,18}}/callback")
@Produces(MediaType.APPLICATION_JSON)
public final class CallbackResource {
  private final Callbacks callbacks;

  @Activate
  public CallbackResource(@Reference Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  /** The callback with its tries. */
  @GET
  @Operation(
      operationId = "getCallback",
      summary = "What became of telling a job's receiver",
      tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = CallbackView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response get(@PathParam("id") long id) {
    var callback = callbacks.find(id);
    return callback == null
        ? Problems.notFound("there is no callback of a job " + id)
        : Response.ok(callback).build();
  }

  /** Queues it again. */
  @POST
  @Operation(
      operationId = "sendCallbackAgain",
      summary = "Has a complete job's receiver told once more",
      tags = "jobs")
  @ApiResponse(
      responseCode = "202",
      description = "Taken on.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = CallbackView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  public Response sendAgain(@PathParam("id") long id) throws ConflictException {
    var callback = callbacks.sendAgain(id);
    return callback == null
        ? Problems.notFound("there is no job " + id)
        : Response.accepted(callback).build();
  }
}
