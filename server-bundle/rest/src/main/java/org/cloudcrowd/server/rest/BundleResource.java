package org.cloudcrowd.server.rest;

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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /bundles}: what every node of the cluster is to have. */
@Component(service = BundleResource.class)
@Path("bundles")
@Produces(MediaType.APPLICATION_JSON)
public final class BundleResource {
  private final Bundles bundles;

  /** Deploys the given bundles. */
  @Activate
  public BundleResource(@Reference Bundles bundles) {
    this.bundles = bundles;
  }

  /** Deploys the bundle, or the program's zip, that is the body; or has it tried. */
  @POST
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

  /** What is deployed, and how it stands with it on each node. */
  @GET
  public List<BundleView> all() {
    return bundles.all();
  }

  /** The bytes of a bundle. */
  @GET
  @Path("{sha256}")
  @Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
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

  /** Removes a bundle from the cluster. */
  @DELETE
  @Path("{sha256}")
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
