package org.cloudcrowd.server.rest.resources;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.LogReport;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Logs;
import org.cloudcrowd.server.Results;
import org.cloudcrowd.server.RubyNodes;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /work}: results and logs of nodes. */
@Hidden
@Component(service = WorkResource.class)
@Path("work")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkResource {
  private final Results results;
  private final Logs logs;
  private final RubyNodes rubyNodes;
  private final ObjectMapper json = WireJson.newMapper();

  @Activate
  public WorkResource(
      @Reference Results results, @Reference Logs logs, @Reference RubyNodes rubyNodes) {
    this.results = results;
    this.logs = logs;
    this.rubyNodes = rubyNodes;
  }

  /** A Ruby worker's result: 404 where it is rejected, upon which the worker forgets it. */
  @PUT
  @Path("{id: [0-9]{1,18}}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response reportForm(@PathParam("id") long id, String body) throws InvalidRequestException {
    RubyResult result;
    try {
      result = RubyResult.of(id, Forms.read(body), json);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("", e.getMessage());
    }
    return rubyNodes.report(result)
        ? Response.noContent().build()
        : Problems.notFound("work unit " + id + " is not, or no longer, this worker's");
  }

  /** The logs of running units. */
  @PUT
  @Path("logs")
  @Consumes(MediaType.APPLICATION_JSON)
  public void keep(LogReport report) throws InvalidRequestException {
    if (report == null) {
      throw new InvalidRequestException("", "a report is a JSON object");
    }
    logs.keep(report.logs());
  }

  /** A batch of results: 200 where at least one was accepted, 409 where all were rejected. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response report(ResultReport report) throws InvalidRequestException {
    if (report == null) {
      throw new InvalidRequestException("", "a report is a JSON object");
    }
    var reply = results.report(report);
    boolean allRejected =
        !report.results().isEmpty() && reply.rejected().size() == report.results().size();
    return Response.status(allRejected ? Response.Status.CONFLICT : Response.Status.OK)
        .entity(reply)
        .build();
  }
}
