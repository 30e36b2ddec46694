package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.cloudcrowd.server.BlockedActions;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /blacklist}: actions whose units are not dispatched. */
@Component(service = BlacklistResource.class)
@Path("blacklist")
@Produces(MediaType.APPLICATION_JSON)
public final class BlacklistResource {
  private final BlockedActions actions;

  @Activate
  public BlacklistResource(@Reference BlockedActions actions) {
    this.actions = actions;
  }

  /** Its entries. */
  @GET
  @Operation(
      operationId = "listBlacklist",
      summary = "The actions whose work units wait",
      tags = "blacklist")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              array = @ArraySchema(schema = @Schema(implementation = BlacklistEntry.class))))
  public List<BlacklistEntry> all() {
    return actions.all();
  }

  /** Puts an action on the list. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "addToBlacklist",
      summary = "Has the work units of an action wait",
      tags = "blacklist")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BlacklistEntry.class)))
  @ApiResponse(responseCode = "400", ref = "Malformed")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public BlacklistEntry add(BlacklistEntry entry) throws InvalidRequestException {
    return entry == null ? actions.add(null, null) : actions.add(entry.action(), entry.expiresAt());
  }

  /** Puts an action on the list, by a Ruby client's form. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Hidden
  public BlacklistEntry addForm(
      @FormParam("action") String action, @FormParam("expires_at") String expiresAt)
      throws InvalidRequestException {
    return actions.add(action, expiresAt);
  }

  /** Takes an action off the list. */
  @DELETE
  @Path("{action}")
  @Operation(
      operationId = "removeFromBlacklist",
      summary = "Lets the work units of an action go on",
      tags = "blacklist")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BlacklistEntry.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response remove(@PathParam("action") String action) {
    var removed = actions.remove(action);
    return removed == null
        ? Problems.notFound("the action " + action + " is not on the blacklist")
        : Response.ok(removed).build();
  }
}
