package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.ruby.RubyUnit;
import org.cloudcrowd.protocol.server.StatusView;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.server.ServerLog;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The cluster at a glance: {@code /status}, {@code /actions}, {@code /heartbeat}. */
@Component(service = StatusResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {
  private static final int LOG_LINES = 100;

  private final Jobs jobs;
  private final Nodes nodes;
  private final ServerLog log;

  @Activate
  public StatusResource(@Reference Jobs jobs, @Reference Nodes nodes, @Reference ServerLog log) {
    this.jobs = jobs;
    this.nodes = nodes;
    this.log = log;
  }

  /** The open jobs and the live nodes. */
  @GET
  @Path("status")
  @Operation(operationId = "getStatus", summary = "The cluster at a glance", tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusView.class)))
  public StatusView status() {
    return jobs.status();
  }

  /** The actions of live nodes, in all their versions. */
  @GET
  @Path("actions")
  @Operation(operationId = "listActions", summary = "What some live node can run", tags = "actions")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              array = @ArraySchema(schema = @Schema(implementation = AdvertisedAction.class))))
  public List<AdvertisedAction> actions() {
    return nodes.actions();
  }

  /** The highest version of an action of live nodes. */
  @GET
  @Path("actions/{name}")
  @Operation(
      operationId = "getAction",
      summary = "The highest version of an action that some live node can run",
      tags = "actions")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = AdvertisedAction.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response action(@PathParam("name") String name) {
    return nodes.actions().stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .map(action -> Response.ok(action).build())
        .orElseGet(() -> Problems.notFound("no live node can run an action " + name));
  }

  /** The unit that a worker runs, or an empty object, as in the original. */
  @GET
  @Path("worker/{worker: [0-9]{1,18}@.+}")
  @Operation(
      operationId = "getWorker",
      summary = "The work unit that a worker runs, as Ruby nodes are sent it, or an empty object",
      tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RubyUnit.class)))
  public Object worker(@PathParam("worker") String worker) {
    var parts = worker.split("@", 2);
    var unit = nodes.unitOf(parts[1], Long.parseLong(parts[0]));
    var known = unit == null ? null : jobs.rubyUnit(unit);
    return known == null ? Map.of() : known;
  }

  /** The end of this server's log. */
  @GET
  @Path("log")
  @Produces(MediaType.TEXT_PLAIN + ";charset=utf-8")
  @Operation(
      operationId = "getLog",
      summary = "The last 100 lines of this server's log",
      tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
  public String log() throws IOException {
    return log.lastLines(LOG_LINES).stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** Answers as the original does. */
  @GET
  @Path("heartbeat")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(operationId = "getHeartbeat", summary = "That the server is here", tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
  public Response heartbeat() {
    return Response.ok("buh-bump")
        .header(WireJson.PROTOCOL_HEADER, WireJson.PROTOCOL_VERSION)
        .build();
  }
}
