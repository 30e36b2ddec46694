package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.cloudcrowd.server.Metrics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /metrics}, for Prometheus. */
@Component(service = MetricsResource.class)
@Path("metrics")
public final class MetricsResource {
  private final Metrics metrics;

  @Activate
  public MetricsResource(@Reference Metrics metrics) {
    this.metrics = metrics;
  }

  /** Every metric as it is now, in the format that is accepted. */
  @GET
  @Operation(operationId = "getMetrics", summary = "Every metric, for Prometheus", tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
  public Response read(@HeaderParam(HttpHeaders.ACCEPT) String accept) {
    StreamingOutput all = out -> metrics.write(accept, out);
    return Response.ok(all, metrics.contentType(accept)).build();
  }
}
