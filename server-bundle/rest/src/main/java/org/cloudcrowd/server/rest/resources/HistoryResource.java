package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cloudcrowd.protocol.server.HistoryView;
import org.cloudcrowd.server.Charts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /history}: samples of the cluster. */
@Component(service = HistoryResource.class)
@Path("history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryResource {
  private final Charts charts;

  @Activate
  public HistoryResource(@Reference Charts charts) {
    this.charts = charts;
  }

  /** A day. */
  @GET
  @Operation(
      operationId = "getHistory",
      summary = "How the cluster was in the last day",
      tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As this server saw it.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = HistoryView.class)))
  public HistoryView get() {
    return charts.history();
  }
}
