package org.cloudcrowd.server.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.cloudcrowd.protocol.server.ActionOffer;
import org.cloudcrowd.protocol.server.StatusView;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.Nodes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The cluster at a glance: {@code /status}, {@code /actions}, {@code /heartbeat}. */
@Component(service = StatusResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {
  private final Jobs jobs;
  private final Nodes nodes;

  /** Shows the given cluster. */
  @Activate
  public StatusResource(@Reference Jobs jobs, @Reference Nodes nodes) {
    this.jobs = jobs;
    this.nodes = nodes;
  }

  /** What is open, and who is here. */
  @GET
  @Path("status")
  public StatusView status() {
    return jobs.status();
  }

  /** What some live node can run, in all its versions. */
  @GET
  @Path("actions")
  public List<ActionOffer> actions() {
    return nodes.actions();
  }

  /** The highest version of an action that some live node can run. */
  @GET
  @Path("actions/{name}")
  public Response action(@PathParam("name") String name) {
    return nodes.actions().stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .map(action -> Response.ok(action).build())
        .orElseGet(() -> Problems.notFound("no live node can run an action " + name));
  }

  /** That the server is here, in the original's words. */
  @GET
  @Path("heartbeat")
  @Produces(MediaType.TEXT_PLAIN)
  public String heartbeat() {
    return "buh-bump";
  }
}
