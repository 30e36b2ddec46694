package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.HeartbeatReply;
import org.cloudcrowd.protocol.ruby.RubyCheckIn;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.server.RubyNodes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /node/HOST:PORT}: heartbeats and leaving of nodes. */
@Hidden
@Component(service = NodeResource.class)
@Path("node/{name}")
@Produces(MediaType.APPLICATION_JSON)
public final class NodeResource {
  private final Nodes nodes;
  private final RubyNodes rubyNodes;

  @Activate
  public NodeResource(@Reference Nodes nodes, @Reference RubyNodes rubyNodes) {
    this.nodes = nodes;
    this.rubyNodes = rubyNodes;
  }

  /** A node's heartbeat. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public HeartbeatReply heartbeat(@PathParam("name") String name, Heartbeat heartbeat)
      throws InvalidRequestException {
    if (heartbeat == null) {
      throw new InvalidRequestException("", "a heartbeat is a JSON object");
    }
    return nodes.heartbeat(name, heartbeat);
  }

  /**
   * A Ruby node's check-in. Those of 0.2.0 have the port in a field, and only the host in the path.
   */
  @PUT
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response checkInForm(@PathParam("name") String name, String body)
      throws InvalidRequestException {
    var form = Forms.read(body);
    var port = form.get("port");
    try {
      rubyNodes.checkIn(port == null ? name : name + ":" + port, RubyCheckIn.of(form));
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("/max_workers", "max_workers must be a whole number");
    }
    return Response.noContent().build();
  }

  /** A node leaves. */
  @DELETE
  public Response leave(@PathParam("name") String name) {
    nodes.leave(name);
    return Response.noContent().build();
  }
}
