package org.cloudcrowd.server.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.protocol.server.CheckInReply;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Nodes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /node/HOST:PORT}, where nodes come and go. */
@Component(service = NodeResource.class)
@Path("node/{name}")
@Produces(MediaType.APPLICATION_JSON)
public final class NodeResource {
  private final Nodes nodes;

  /** Takes the reports of the given nodes. */
  @Activate
  public NodeResource(@Reference Nodes nodes) {
    this.nodes = nodes;
  }

  /** A node's heartbeat. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public CheckInReply checkIn(@PathParam("name") String name, CheckIn checkIn)
      throws InvalidRequestException {
    if (checkIn == null) {
      throw new InvalidRequestException("", "a check-in is a JSON object");
    }
    return nodes.checkIn(name, checkIn);
  }

  /** A node's leave. */
  @DELETE
  public Response checkOut(@PathParam("name") String name) {
    nodes.checkOut(name);
    return Response.noContent().build();
  }
}
