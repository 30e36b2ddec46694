package org.cloudcrowd.server.rest.resources;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.ScheduleRequest;
import org.cloudcrowd.protocol.job.ScheduleView;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Schedules;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /schedules}. */
@Component(service = ScheduleResource.class)
@Path("schedules")
@Produces(MediaType.APPLICATION_JSON)
public final class ScheduleResource {
  private final Schedules schedules;

  @Activate
  public ScheduleResource(@Reference Schedules schedules) {
    this.schedules = schedules;
  }

  /** Every schedule, by name. */
  @GET
  @Operation(operationId = "listSchedules", summary = "Every schedule, by name", tags = "schedules")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              array = @ArraySchema(schema = @Schema(implementation = ScheduleView.class))))
  public List<ScheduleView> list() {
    return schedules.all();
  }

  /** Adds a schedule. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "addSchedule",
      summary = "Has a job submitted each time that a cron expression says",
      tags = "schedules")
  @ApiResponse(
      responseCode = "201",
      description = "Made.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ScheduleView.class)))
  @ApiResponse(responseCode = "400", ref = "Malformed")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ScheduleRequest.class)))
  public Response add(JsonNode body, @Context UriInfo uri)
      throws InvalidRequestException, ConflictException {
    var schedule = schedules.add(read(body));
    return Response.created(uri.getAbsolutePathBuilder().path(schedule.name()).build())
        .entity(schedule)
        .build();
  }

  private static ScheduleRequest read(JsonNode body) throws InvalidRequestException {
    if (body == null || !body.isObject()) {
      throw new InvalidRequestException(
          "", "a schedule is a JSON object with a name, a cron expression and a job");
    }
    var name = JobRequests.text(body, "name");
    var cron = JobRequests.text(body, "cron");
    var zone = JobRequests.text(body, "time_zone");
    try {
      return new ScheduleRequest(name, cron, zone, JobRequests.read(body.get("job")));
    } catch (InvalidRequestException e) {
      throw new InvalidRequestException("/job" + e.field(), e.getMessage());
    }
  }

  /** A schedule. */
  @GET
  @Path("{name}")
  @Operation(operationId = "getSchedule", summary = "A schedule", tags = "schedules")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ScheduleView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response get(@PathParam("name") String name) {
    return answer(name, schedules.find(name));
  }

  /** Deletes a schedule; its jobs stay. */
  @DELETE
  @Path("{name}")
  @Operation(
      operationId = "deleteSchedule",
      summary = "Removes a schedule; its jobs stay",
      tags = "schedules")
  @ApiResponse(responseCode = "204", description = "Gone.")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response delete(@PathParam("name") String name) {
    return schedules.remove(name) ? Response.noContent().build() : noSuchSchedule(name);
  }

  /** Pauses it. */
  @POST
  @Path("{name}/pause")
  @Operation(
      operationId = "pauseSchedule",
      summary = "Runs a schedule no more until it is resumed",
      tags = "schedules")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ScheduleView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response pause(@PathParam("name") String name) {
    return answer(name, schedules.pause(name));
  }

  /** Resumes it. */
  @POST
  @Path("{name}/resume")
  @Operation(
      operationId = "resumeSchedule",
      summary = "Runs a schedule again from now on",
      tags = "schedules")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ScheduleView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response resume(@PathParam("name") String name) {
    return answer(name, schedules.resume(name));
  }

  /** Submits its job now. */
  @POST
  @Path("{name}/run")
  @Operation(
      operationId = "runSchedule",
      summary = "Submits a schedule's job now",
      tags = "schedules")
  @ApiResponse(
      responseCode = "201",
      description = "Made.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response run(@PathParam("name") String name, @Context UriInfo uri)
      throws InvalidRequestException {
    var job = schedules.run(name);
    return job == null
        ? noSuchSchedule(name)
        : Response.created(
                uri.getBaseUriBuilder().path("jobs").path(Long.toString(job.id())).build())
            .entity(job)
            .build();
  }

  private static Response answer(String name, ScheduleView schedule) {
    return schedule == null ? noSuchSchedule(name) : Response.ok(schedule).build();
  }

  private static Response noSuchSchedule(String name) {
    return Problems.notFound("there is no schedule " + name);
  }
}
