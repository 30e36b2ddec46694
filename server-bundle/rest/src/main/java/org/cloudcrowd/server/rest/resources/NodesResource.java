package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.WorkersRequest;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /nodes}, for people and monitoring. */
@Component(service = NodesResource.class)
@Path("nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodesResource {
  private final Nodes nodes;

  @Activate
  public NodesResource(@Reference Nodes nodes) {
    this.nodes = nodes;
  }

  /** The live nodes. */
  @GET
  @Operation(operationId = "listNodes", summary = "The live nodes", tags = "nodes")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              array = @ArraySchema(schema = @Schema(implementation = NodeView.class))))
  public List<NodeView> all() {
    return nodes.live();
  }

  /** Drains a node. */
  @POST
  @Path("{name}/drain")
  @Operation(
      operationId = "drainNode",
      summary = "Gives a node nothing more until it is resumed",
      tags = "nodes")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NodeView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response drain(@PathParam("name") String name) {
    return response(nodes.drain(name), name);
  }

  /** Resumes a node. */
  @POST
  @Path("{name}/resume")
  @Operation(operationId = "resumeNode", summary = "Lets a node take work again", tags = "nodes")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NodeView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response resume(@PathParam("name") String name) {
    return response(nodes.resume(name), name);
  }

  /** Changes how many work units a node runs at once. */
  @PUT
  @Path("{name}/max_workers")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeNodeWorkers",
      summary = "Changes how many work units a node runs at once",
      tags = "nodes")
  @ApiResponse(
      responseCode = "200",
      description = "As it was; the node takes it up with its next heartbeat.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NodeView.class)))
  @ApiResponse(responseCode = "400", ref = "Malformed")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public Response changeMaxWorkers(@PathParam("name") String name, WorkersRequest request)
      throws InvalidRequestException, ConflictException {
    if (request == null) {
      throw new InvalidRequestException(
          "", "the body must be an object with max_workers: a number, or null");
    }
    return response(nodes.changeMaxWorkers(name, request.maxWorkers()), name);
  }

  private static Response response(NodeView node, String name) {
    return node == null ? Problems.notFound("there is no node " + name) : Response.ok(node).build();
  }
}
