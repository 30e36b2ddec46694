package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.Date;
import org.apache.commons.io.input.BoundedInputStream;
import org.cloudcrowd.assets.FileType;
import org.cloudcrowd.assets.StoredAsset;
import org.cloudcrowd.server.Assets;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /assets/…}: files that actions have saved, by links that stand in the jobs' outputs. */
@Component(service = AssetResource.class)
@Path("assets")
public final class AssetResource {
  private static final int PARTIAL = 206;
  private static final int UNSATISFIABLE = 416;

  private static final String OF_FILES = "sandbox; default-src 'none'; img-src 'self'";
  private static final String OF_MEDIA =
      "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'";
  private static final String OF_PDF =
      "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'";

  private final Assets assets;

  @Activate
  public AssetResource(@Reference Assets assets) {
    this.assets = assets;
  }

  /** A file, or a part of it. */
  @GET
  @Path("{path: .+}")
  @Produces({MediaType.WILDCARD, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "getAsset",
      summary = "A file that an action saved, or a part of it",
      tags = "assets")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(
      responseCode = "206",
      description = "A part.",
      content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "304", description = "As it was.")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "416", ref = "RangeNotSatisfiable")
  public Response get(
      @PathParam("path") String path,
      @QueryParam("expires") String expires,
      @QueryParam("signature") String signature,
      @HeaderParam("Range") String range,
      @HeaderParam("If-Range") String ifRange,
      @Context Request request)
      throws IOException {
    try {
      var asset = assets.open(path, expires, signature);
      return asset.isEmpty()
          ? Problems.notFound("there is no such file (any more)")
          : answer(asset.get(), name(path), range, ifRange, request);
    } catch (Assets.BadLinkException e) {
      return Problems.of(
          Response.Status.FORBIDDEN.getStatusCode(), "Forbidden", e.getMessage(), null);
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Response answer(
      StoredAsset asset, String name, String rangeHeader, String ifRange, Request request)
      throws IOException {
    // Two files that were saved under one key differ in time or size.
    var tag =
        new EntityTag(
            Long.toHexString(asset.savedAt().toEpochMilli())
                + "-"
                + Long.toHexString(asset.bytes()));
    var unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.tag(tag).build();
    }
    boolean mayBePart = ifRange == null || ifRange.equals("\"" + tag.getValue() + "\"");
    var range = mayBePart ? ByteRange.of(rangeHeader, asset.bytes()) : null;
    if (range != null && range.length() == 0) {
      return Response.fromResponse(
              Problems.of(
                  UNSATISFIABLE,
                  "Range Not Satisfiable",
                  "the file has " + asset.bytes() + " bytes, and the range has none of them",
                  null))
          .header("Content-Range", "bytes */" + asset.bytes())
          .build();
    }
    var type = type(asset, name);
    var part = range == null ? new ByteRange(0, asset.bytes()) : range;
    var response =
        Response.status(range == null ? Response.Status.OK.getStatusCode() : PARTIAL)
            .entity(content(asset, part))
            .type(type)
            .tag(tag)
            .lastModified(Date.from(asset.savedAt()))
            .header(HttpHeaders.CONTENT_LENGTH, part.length())
            .header("Accept-Ranges", "bytes")
            .header("Content-Security-Policy", policy(type))
            .header("X-Content-Type-Options", "nosniff");
    return (range == null ? response : response.header("Content-Range", part.header(asset.bytes())))
        .build();
  }

  private static StreamingOutput content(StoredAsset asset, ByteRange part) {
    return out -> {
      try (var in =
          BoundedInputStream.builder()
              .setInputStream(asset.content().from(part.first()))
              .setMaxCount(part.length())
              .get()) {
        in.transferTo(out);
      }
    };
  }

  private static String type(StoredAsset asset, String name) throws IOException {
    if (!FileType.isText(name)) {
      return FileType.of(name, new byte[0]);
    }
    try (var in = asset.content().from(0)) {
      return FileType.of(name, in.readNBytes(FileType.HEAD_BYTES));
    }
  }

  /**
   * Files of actions must not run scripts in the origin of this server, so they are sandboxed; but
   * not the types that browsers show in players, which do not work in a sandbox and run no scripts.
   */
  private static String policy(String type) {
    if (type.equals("application/pdf")) {
      return OF_PDF;
    }
    return type.startsWith("audio/") || type.startsWith("video/") ? OF_MEDIA : OF_FILES;
  }
}
