package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Objects;
import org.osgi.service.component.annotations.Component;

/** {@code /openapi.json}: the description that the build has made of the resources. */
@Hidden
@Component(service = DescriptionResource.class)
@Path("openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public final class DescriptionResource {

  /** The document, as OpenAPI 3.1 has it. */
  @GET
  public byte[] get() throws IOException {
    try (var in = DescriptionResource.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(in, "the build has made no openapi.json").readAllBytes();
    }
  }
}
