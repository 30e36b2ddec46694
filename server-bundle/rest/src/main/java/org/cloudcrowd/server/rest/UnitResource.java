package org.cloudcrowd.server.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cloudcrowd.server.Jobs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /units}. */
@Component(service = UnitResource.class)
@Path("units")
@Produces(MediaType.APPLICATION_JSON)
public final class UnitResource {
  private final Jobs jobs;

  /** Shows the units of the given jobs. */
  @Activate
  public UnitResource(@Reference Jobs jobs) {
    this.jobs = jobs;
  }

  /** A unit with the history of its attempts. */
  @GET
  @Path("{id: [0-9]{1,18}}")
  public Response get(@PathParam("id") long id) {
    var unit = jobs.unit(id);
    return unit == null
        ? Problems.notFound("there is no work unit " + id)
        : Response.ok(unit).build();
  }
}
