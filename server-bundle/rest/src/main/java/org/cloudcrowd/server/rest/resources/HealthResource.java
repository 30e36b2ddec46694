package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.cloudcrowd.server.Health;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /health}, for supervisors and load balancers. */
@Component(service = HealthResource.class)
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private static final Map<String, String> UP = Map.of("status", "up");

  private final Health health;

  @Activate
  public HealthResource(@Reference Health health) {
    this.health = health;
  }

  /** Liveness: the process answers; where it does not, it should be restarted. */
  @GET
  @Path("live")
  @Operation(operationId = "isLive", summary = "That the process answers", tags = "cluster")
  @ApiResponse(responseCode = "200", description = "As it is now.")
  public Map<String, String> live() {
    return UP;
  }

  /** Readiness: 503 with the reasons where the server does not work. */
  @GET
  @Path("ready")
  @Operation(
      operationId = "isReady",
      summary = "Whether requests can be served now",
      tags = "cluster")
  @ApiResponse(responseCode = "200", description = "As it is now.")
  public Response ready() {
    var faults = health.faults();
    return faults.isEmpty()
        ? Response.ok(UP).build()
        : Response.fromResponse(
                Problems.of(
                    Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
                    "Service Unavailable",
                    String.join(" ", faults),
                    null))
            .header("Retry-After", 5)
            .build();
  }
}
