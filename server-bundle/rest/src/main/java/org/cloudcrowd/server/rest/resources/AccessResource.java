package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.cloudcrowd.endpoint.Access;
import org.cloudcrowd.protocol.server.AccessView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code /access}: what whoever asks may do, so that a page offers nothing else. */
@Component(service = AccessResource.class)
@Path("access")
@Produces(MediaType.APPLICATION_JSON)
public final class AccessResource {

  @Activate
  public AccessResource() {}

  @GET
  @Operation(operationId = "getAccess", summary = "What this login may do", tags = "cluster")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = AccessView.class)))
  public AccessView get(@Context HttpServletRequest request) {
    return new AccessView(
        request.getRemoteUser(), request.getAttribute(Access.ATTRIBUTE) != Access.LOOK);
  }
}
