package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import org.cloudcrowd.protocol.server.BundleView;
import org.cloudcrowd.server.Bundles;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /bundles}: the deployed bundles. */
@Component(service = BundleResource.class)
@Path("bundles")
@Produces(MediaType.APPLICATION_JSON)
public final class BundleResource {
  private final Bundles bundles;

  @Activate
  public BundleResource(@Reference Bundles bundles) {
    this.bundles = bundles;
  }

  /** Deploys or tries the bundle, or program's zip, in the body. */
  @POST
  @Operation(
      operationId = "deployBundle",
      summary = "Deploys a bundle, or a program's zip, to every node, or has it tried",
      tags = "bundles")
  @ApiResponse(
      responseCode = "200",
      description = "Tried.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BundleView.class)))
  @ApiResponse(
      responseCode = "201",
      description = "Made.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BundleView.class)))
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  public Response deploy(
      InputStream content,
      @QueryParam("dry_run") @DefaultValue("false") boolean dryRun,
      @Context HttpServletRequest request)
      throws InvalidRequestException, ConflictException, IOException {
    if (!mayDeploy(request)) {
      return forbidden();
    }
    return dryRun
        ? Response.ok(bundles.tryOut(content)).build()
        : Response.status(Response.Status.CREATED).entity(bundles.deploy(content)).build();
  }

  private boolean mayDeploy(HttpServletRequest request) throws IOException {
    return bundles.mayBeDeployed(
        InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress());
  }

  private static Response forbidden() {
    return Problems.of(
        Response.Status.FORBIDDEN.getStatusCode(),
        "Forbidden",
        "bundles are not deployed from here; deploy_from in etc/org.cloudcrowd.server.cfg says from"
            + " where",
        null);
  }

  /** The deployed bundles, with their states on each node. */
  @GET
  @Operation(
      operationId = "listBundles",
      summary = "What is deployed, and how it stands with it on each node",
      tags = "bundles")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              array = @ArraySchema(schema = @Schema(implementation = BundleView.class))))
  public List<BundleView> all() {
    return bundles.all();
  }

  /** The bytes of a bundle. */
  @GET
  @Path("{sha256}")
  @Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
  @Operation(operationId = "getBundle", summary = "The bytes of a bundle", tags = "bundles")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response content(@PathParam("sha256") String sha256) {
    if (bundles.all().stream().noneMatch(bundle -> bundle.sha256().equals(sha256))) {
      return noSuchBundle(sha256);
    }
    StreamingOutput content =
        out -> {
          if (!bundles.write(sha256, out)) {
            throw new IOException("the bundle " + sha256 + " was undeployed meanwhile");
          }
        };
    return Response.ok(content, MediaType.APPLICATION_OCTET_STREAM).build();
  }

  /** Undeploys a bundle. */
  @DELETE
  @Path("{sha256}")
  @Operation(
      operationId = "undeployBundle",
      summary = "Removes a bundle from every node",
      tags = "bundles")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BundleView.class)))
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response undeploy(@PathParam("sha256") String sha256, @Context HttpServletRequest request)
      throws IOException {
    if (!mayDeploy(request)) {
      return forbidden();
    }
    var gone = bundles.undeploy(sha256);
    return gone == null ? noSuchBundle(sha256) : Response.ok(gone).build();
  }

  private static Response noSuchBundle(String sha256) {
    return Problems.notFound("no bundle with the SHA-256 " + sha256 + " is deployed");
  }
}
